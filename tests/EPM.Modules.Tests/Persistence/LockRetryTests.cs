using EPM.Platform.Persistence;
using EPM.TestKit;
using Npgsql;

namespace EPM.Modules.Tests.Persistence;

/// <summary>TRUST T33: a migration that meets a lock gives way and comes back.</summary>
public sealed class LockRetryTests : IAsyncLifetime
{
    private NpgsqlConnection _migrator = null!;
    private NpgsqlConnection _blocker = null!;
    private int _tries;

    public async Task InitializeAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await TestDatabases.EmptyAsync()) { Pooling = false, ApplicationName = "the blocker" }.ConnectionString;
        (_migrator, _blocker) = (new NpgsqlConnection(database), new NpgsqlConnection(database));
        await _migrator.OpenAsync();
        await _blocker.OpenAsync();
        await ExecuteAsync(_migrator, "CREATE TABLE wanted (x int); CREATE TABLE half (x int)");
        await ExecuteAsync(_blocker, "BEGIN; LOCK TABLE wanted IN ACCESS SHARE MODE");
    }

    public async Task DisposeAsync()
    {
        await _migrator.DisposeAsync();
        await _blocker.DisposeAsync();
    }

    [Fact]
    public async Task A_migration_comes_back_until_the_blocker_lets_go()
    {
        await new LockRetry(new Impatient()).RunAsync(_migrator, "sales/V0001__wanted", async () =>
        {
            if (_tries == 3)
                await ExecuteAsync(_blocker, "COMMIT");
            await MigrateAsync();
        }, CancellationToken.None);
        _tries.ShouldBe(4);
        (await CountAsync("half")).ShouldBe(1);
    }

    [Fact]
    public async Task A_blocker_that_never_lets_go_is_named_and_nothing_is_left_half_done()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() =>
            new LockRetry(new Impatient()).RunAsync(_migrator, "sales/V0001__wanted", MigrateAsync, CancellationToken.None));
        failure.Message.ShouldContain("sales/V0001__wanted");
        failure.Message.ShouldContain("the blocker");
        failure.Message.ShouldContain("idle in transaction");
        _tries.ShouldBe(12);
        (await CountAsync("half")).ShouldBe(0);
    }

    [Fact]
    public async Task Any_other_failure_is_not_tried_again()
    {
        await Should.ThrowAsync<PostgresException>(() => new LockRetry(new Impatient()).RunAsync(_migrator, "sales/V0002__wrong", () =>
        {
            _tries++;
            return ExecuteAsync(_migrator, "SELECT 1 / 0");
        }, CancellationToken.None));
        _tries.ShouldBe(1);
    }

    private async Task MigrateAsync()
    {
        _tries++;
        await using var transaction = await _migrator.BeginTransactionAsync();
        await ExecuteAsync(_migrator, "SET LOCAL lock_timeout = '20ms'; INSERT INTO half VALUES (1)");
        await ExecuteAsync(_migrator, "ALTER TABLE wanted ADD COLUMN y int");
        await transaction.CommitAsync();
    }

    private async Task<long> CountAsync(string table)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", _migrator);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whose pauses are over at once.</summary>
    private sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
