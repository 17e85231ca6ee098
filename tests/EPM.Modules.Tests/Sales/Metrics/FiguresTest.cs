using System.Globalization;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Metrics;

/// <summary>
/// Five tickets of the week of 5 October 2026, small enough to be summed by hand, a year before and a month before to be compared with, and a
/// plan of 3,100 for N1 in October: 100 a day.
/// </summary>
public abstract class FiguresTest : SalesTest
{
    protected const string Week = "from=2026-10-01&to=2026-10-07";
    protected const string October = "from=2026-10-01&to=2026-10-31";

    protected static readonly string Sales = File(
        // N1 sold 2,360 and 450 on one ticket, then 1,770.
        "N1,T1,1,2026-10-05T10:15:00Z,P1,2,1180,0,0.18,Awa", "N1,T1,2,2026-10-05T10:15:00Z,P2,1,500,50,0,Awa", "N1,T2,1,2026-10-05T18:40:00Z,P3,3,590,0,0.18,",
        // N2 sold 1,180 and 590 on one ticket.
        "N2,T3,1,2026-10-06T10:00:00Z,P1,1,1180,0,0.18,", "N2,T3,2,2026-10-06T10:00:00Z,P3,1,590,0,0.18,",
        // S1 took 1,180 back, which is no ticket, and sold 1,900.
        "S1,T4,1,2026-10-07T09:30:00Z,P1,-1,1180,0,0.18,", "S1,T5,1,2026-10-07T09:45:00Z,P2,4,500,100,0,");

    private static readonly string Before = File([
        .. new[] { "N1", "N2", "S1" }.Select(store => $"{store},T0,1,2025-01-01,P2,1,1,0,0,"),
        .. new[] { ("2025-10-05", 100), ("2025-10-06", 200), ("2025-10-07", 400), ("2025-10-08", 800), ("2025-10-20", 1600), ("2026-09-04", 3200), ("2026-09-28", 6400) }
            .Select((sale, i) => $"N1,B{i},1,{sale.Item1},P2,1,{sale.Item2},0,0,")]);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.SetObjectivesAsync("N1", ("2026-10", 3100));
        await Tenant.SellAsync(Before);
        await Tenant.SellAsync(Sales);
    }

    /// <summary>The answer to a metric query, rows then total, one text each: keys, values, and what they are compared with.</summary>
    protected async Task<string[]> AskAsync(string query, HttpClient? client = null)
    {
        var answer = await QueryAsync(query, client);
        return [.. answer.GetProperty("rows").EnumerateArray().Select(row => $"{string.Join('|', Values(row.GetProperty("keys")))}: {Told(row)}"), $"total: {Told(answer.GetProperty("totals"))}"];
    }

    protected async Task<JsonElement> QueryAsync(string query, HttpClient? client = null) =>
        await (client ?? await Tenant.As(Roles.Director)).GetJsonAsync("/api/v1/metrics/query?" + query);

    protected static string Told(JsonElement row) =>
        string.Join(' ', Values(row.GetProperty("values"))) + (row.GetProperty("compare") is { ValueKind: JsonValueKind.Object } compare ? " vs " + string.Join(' ', Values(compare)) : "");

    protected static IEnumerable<string> Values(JsonElement pairs) => pairs.EnumerateObject().Select(pair => Number(pair.Value));

    protected static string Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "-",
        JsonValueKind.Number => value.GetDecimal().ToString("0.######", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
