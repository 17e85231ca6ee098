using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Architecture.Tests.Walls;

/// <summary>Reading changes nothing, whatever a route is called and by whom (TRUST T12).</summary>
public sealed class ReadOnlyTests
{
    private const string ReadOnlyTransaction = "25006";

    [Fact]
    public async Task No_get_changes_a_row_of_the_database()
    {
        var host = await EpmHost.StartAsync();
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "GET");
        var calls = new List<RouteCall>();
        foreach (var route in Routes.Of(host).Where(route => Routes.VerbOf(route) == "GET"))
            calls.Add((await RouteCall.FillAsync(chain, route)).ShouldNotBeNull());
        calls.Count.ShouldBeGreaterThan(20);
        var client = await chain.Tenant.As(Roles.Admin);
        using var nobody = chain.Tenant.Anonymous();
        var before = await FingerprintAsync(host);
        before.Count.ShouldBeGreaterThan(10);
        foreach (var call in calls)
        {
            foreach (var caller in new[] { client, nobody })
            {
                using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal));
                using var response = await caller.SendAsync(request);
                _ = await response.Content.ReadAsByteArrayAsync();
                ((int)response.StatusCode).ShouldBeLessThan(500, call.ToString());
            }
        }
        (await FingerprintAsync(host)).Where(table => before[table.Key] != table.Value).Select(table => table.Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task Both_ways_of_reading_run_in_a_transaction_that_cannot_write()
    {
        var host = await EpmHost.SharedAsync();
        var tenant = await host.NewTenantAsync();
        await tenant.InScopeAsync(async services =>
        {
            var session = services.GetRequiredService<TenantSession>();
            const string Write = "UPDATE tenancy.tenant SET name = name RETURNING 1";
            (await Should.ThrowAsync<PostgresException>(() => session.ReadAsync(Write, [], async reader => await reader.ReadAsync(), default))).SqlState.ShouldBe(ReadOnlyTransaction);
            await session.BeginAsync(readOnly: true, default);
            await using var command = session.Command(Write);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteScalarAsync())).SqlState.ShouldBe(ReadOnlyTransaction);
            return true;
        });
    }

    private static async Task<IReadOnlyDictionary<string, string>> FingerprintAsync(EpmHost host)
    {
        await using var admin = new NpgsqlConnection(host.Connection);
        await admin.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')", admin))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }
        var prints = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t", admin);
            prints[table] = (string)(await command.ExecuteScalarAsync())!;
        }
        return prints;
    }
}
