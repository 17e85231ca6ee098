using System.Text;
using System.Text.Json.Nodes;
using EPM.Architecture.Tests.Walls;
using EPM.Platform.Security;
using EPM.TestKit;
using Npgsql;

namespace EPM.Architecture.Tests.Hostile;

/// <summary>A body that says more than its route takes changes nothing by what it says more (TRUST T18).</summary>
public sealed class MassAssignmentTests
{
    private const string Text = "CNRYMASS";
    private const string Id = "cafecafe-cafe-7afe-8afe-cafecafecafe";
    private const string Day = "1999-09-09";
    private const string Number = "424242424";

    [Fact]
    public async Task Columns_that_a_body_has_no_business_with_keep_their_values()
    {
        var host = await EpmHost.StartAsync();
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "MA1");
        var columns = await ColumnsAsync(host);
        columns.Count.ShouldBeGreaterThan(40);
        var written = 0;
        foreach (var route in Routes.Of(host).OrderBy(route => Routes.VerbOf(route) == "DELETE"))
        {
            var call = (await RouteCall.FillAsync(chain, route)).ShouldNotBeNull();
            if (call.Body is null)
                continue;
            using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal));
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync())!.AsObject();
            Add(body, columns);
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var client = await chain.Tenant.SignInAsync(TestTenant.EmailOf(call.Role));
            using var response = await client.SendAsync(request);
            ((int)response.StatusCode).ShouldBeLessThan(500, call.ToString());
            written += response.IsSuccessStatusCode ? 1 : 0;
        }
        written.ShouldBeGreaterThan(10);
        (await FoundAsync(host)).ShouldBeEmpty();
    }

    // In the body itself and in every object inside it.
    private static void Add(JsonObject body, IReadOnlyDictionary<string, string> columns)
    {
        foreach (var inner in body.Select(member => member.Value).OfType<JsonObject>().ToArray())
            Add(inner, columns);
        var own = body.Select(member => member.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, type) in columns.Where(column => !own.Contains(column.Key)))
        {
            body[name] = type switch
            {
                "uuid" => Id,
                "date" or "timestamp with time zone" => Day,
                "integer" or "bigint" or "numeric" => long.Parse(Number, System.Globalization.CultureInfo.InvariantCulture),
                "boolean" => true,
                _ => Text,
            };
        }
    }

    /// <summary>Every column of every module's tables, by the name a body would give it.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ColumnsAsync(EpmHost host)
    {
        var columns = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var row in RowsAsync(host, "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"))
        {
            var words = row[0].Split('_');
            columns[words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]))] = row[1];
        }
        return columns;
    }

    private static async Task<IReadOnlyList<string>> FoundAsync(EpmHost host)
    {
        var found = new List<string>();
        await foreach (var table in RowsAsync(host, "SELECT format('%I.%I', schemaname, tablename), '' FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"))
        {
            await foreach (var row in RowsAsync(host, $"SELECT t::text, '' FROM {table[0]} t WHERE t::text ~ '{Text}|{Id}|{Day}|{Number}'"))
                found.Add($"{table[0]}: {row[0]}");
        }
        return found;
    }

    private static async IAsyncEnumerable<string[]> RowsAsync(EpmHost host, string sql)
    {
        await using var admin = new NpgsqlConnection(host.Connection);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand(sql, admin);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return [reader.GetString(0), reader.GetString(1)];
    }
}
