using EPM.Platform.Persistence;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Modules.Tests.Persistence;

/// <summary>A statement that fails spoils the connection for nobody after it.</summary>
public sealed class FailedStatementsTests : FeatureTest
{
    private const int Rounds = 12;

    [Fact]
    public Task A_read_that_fails_while_it_is_being_prepared_leaves_a_connection_that_answers() => Tenant.InScopeAsync(async services =>
    {
        var session = services.GetRequiredService<TenantSession>();
        // The driver prepares a statement at its fifth execution: each place in the row of executions fails once.
        for (var at = 1; at <= Rounds; at++)
        {
            for (var i = 1; i <= Rounds; i++)
            {
                if (i == at)
                    (await Should.ThrowAsync<PostgresException>(() => AskAsync(session, at, divisor: 0))).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
                else
                    (await AskAsync(session, at, divisor: 1)).ShouldBe(100 + at);
            }
        }
        return true;
    });

    [Fact]
    public Task So_does_a_transaction_that_is_rolled_back() => Tenant.InScopeAsync(async services =>
    {
        var session = services.GetRequiredService<TenantSession>();
        for (var at = 1; at <= Rounds; at++)
        {
            for (var i = 1; i <= Rounds; i++)
            {
                await session.BeginAsync(readOnly: false, default);
                await using var command = session.Command($"SELECT 200 + {at} / $1");
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = i == at ? 0 : at });
                if (i == at)
                    await Should.ThrowAsync<PostgresException>(() => command.ExecuteScalarAsync());
                else
                    (await command.ExecuteScalarAsync()).ShouldBe(201);
                await session.RollbackAsync();
            }
        }
        return true;
    });

    private static Task<int> AskAsync(TenantSession session, int shape, int divisor) => session.ReadAsync(
        $"SELECT 100 + {shape} / $1", [new NpgsqlParameter<int> { TypedValue = divisor }],
        async reader => await reader.ReadAsync() ? reader.GetInt32(0) : -1, default);
}
