using EPM.Architecture.Tests.Walls;
using EPM.Platform.Security;
using EPM.TestKit;
using Npgsql;

namespace EPM.Architecture.Tests.Hostile;

/// <summary>Values that break out of a statement, a sort order, a path or a page, in every place that takes one (TRUST T18).</summary>
public sealed class HostileValuesTests
{
    private static readonly string[] Values =
    [
        "'", "\"", "';--", "' OR '1'='1", "1; DROP TABLE stores.store;--", "name DESC; SELECT 1", "(SELECT 1)", "1/0", "revenue,(SELECT pg_sleep(9))", "tenant_id", "password_hash", "code\" DESC, \"name",
        "$1", "%", "_", "\\", "\\'", "%00", "\u0000", "\ud800x", "‮", "{0}", "{{7*7}}", "<script>alert(1)</script>", "../../etc/passwd", "..%2f..%2f", "-1", "0", "9223372036854775808", "1e309", "NaN", "null", "true", "[]", "{}",
        "2026-13-45", "0001-01-01", "9999-12-31", "infinity", "00000000-0000-0000-0000-000000000000", "a,b,,c", ",", " ", "\r\nX-Injected: 1", "ı", "é̀",
    ];

    [Fact]
    public async Task No_value_anywhere_reaches_a_statement_as_anything_but_a_value()
    {
        var host = await EpmHost.StartAsync();
        using var failures = new SqlFailures(host.Connection);
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "HV1");
        await SeesFailuresAsync(host, failures);
        var (faults, tried) = (new List<string>(), 0);
        // A session for each, since some end theirs, and all before the first: guessing spends what sign-ins of this address may cost.
        var sessions = new Queue<HttpClient>();
        var routes = Routes.Of(host).OrderBy(route => Routes.VerbOf(route) == "DELETE").ToArray();
        foreach (var route in routes)
            sessions.Enqueue(await chain.Tenant.SignInAsync(TestTenant.EmailOf(RouteCall.RoleOf(route))));
        foreach (var route in routes)
        {
            var call = (await RouteCall.FillAsync(chain, route)).ShouldNotBeNull();
            using var client = sessions.Dequeue();
            foreach (var place in Places(call))
            {
                // A path with a null is refused before there is a request: KestrelTests.
                foreach (var value in Values.Append(new string('x', 5_000)).Where(value => !place.StartsWith("path ", StringComparison.Ordinal) || !value.Contains('\0')))
                {
                    tried++;
                    using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal) { [place] = value });
                    using var response = await client.SendAsync(request);
                    if ((int)response.StatusCode >= 500 || response.Headers.Contains("X-Injected"))
                        faults.Add($"{call} with {place} = {value[..Math.Min(40, value.Length)]}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
            }
        }
        tried.ShouldBeGreaterThan(3_000);
        faults.ShouldBeEmpty();
        failures.Injected.Where(state => !state.Contains("no_such_column", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Places(RouteCall call) =>
        call.Own.Keys.Select(name => "path " + name).Concat(call.Query.Select(parameter => "query " + parameter.Name)).Concat(call.Names().Distinct(StringComparer.Ordinal).Select(name => "body " + name));

    // The sanity half: a statement that fails is seen.
    private static async Task SeesFailuresAsync(EpmHost host, SqlFailures failures)
    {
        await using var admin = new NpgsqlConnection(host.Connection);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT no_such_column", admin);
        await Should.ThrowAsync<PostgresException>(() => command.ExecuteScalarAsync());
        failures.Injected.Count.ShouldBe(1);
    }
}
