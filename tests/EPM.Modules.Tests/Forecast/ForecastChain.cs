using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Jobs;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Modules.Tests.Forecast;

/// <summary>
/// A chain that sells day by day: P1 in N1, N2 and S1 with a week's rhythm, P2 in N1 seldom, P3 in S1 always the same. The last day is
/// a Saturday, so that the first day forecast is a Sunday.
/// </summary>
internal static class ForecastChain
{
    public const string Header = "store,ticket,line,sold_at,sku,quantity,unit_price,discount,tax_rate,customer";

    public static readonly DateOnly Last = new(2026, 10, 31);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task SellDailyAsync(this TestTenant tenant, int days = 150)
    {
        await tenant.OpenChainAsync();
        await tenant.SellAsync(Header + "\n" + string.Join('\n', Enumerable.Range(0, days).SelectMany(back => LinesOf(Last.AddDays(-back), back))) + "\n");
    }

    /// <summary>What a day brings; a later one of the same chain, for tests in which sales go on.</summary>
    public static IEnumerable<string> LinesOf(DateOnly day, int back)
    {
        foreach (var (store, level) in new[] { ("N1", 10), ("N2", 20), ("S1", 5) })
            yield return Line(store, "P1", day, level + (2 * (int)day.DayOfWeek) + (day.DayNumber * 7 % 5));
        if (back % 9 == 0)
            yield return Line("N1", "P2", day, 1 + (back % 2));
        yield return Line("S1", "P3", day, 4);
    }

    public static string Line(string store, string sku, DateOnly day, int units) =>
        string.Create(CultureInfo.InvariantCulture, $"{store},{sku}-{day:yyyyMMdd},1,{day:yyyy-MM-dd},{sku},{units},1500,0,0.18,");

    public static async Task CloseAsync(this TestTenant tenant, string store, string from, string to)
    {
        using var closed = await (await tenant.As(Roles.Admin)).PutAsJsonAsync($"/api/v1/stores/{store}/closures", new { items = new[] { new { from, to, reason = "Travaux" } } });
        await closed.ShouldBeJsonAsync();
    }

    /// <summary>Asks for a run, waits for its end and returns it.</summary>
    public static async Task<JsonElement> ForecastAsync(this TestTenant tenant, string kind = "retrain", string[]? skus = null, string[]? stores = null) =>
        await tenant.EndOfRunAsync(await tenant.QueueRunAsync(kind, skus, stores));

    public static async Task<Guid> QueueRunAsync(this TestTenant tenant, string kind = "retrain", string[]? skus = null, string[]? stores = null)
    {
        using var queued = await (await tenant.As(Roles.Director)).PostAsJsonAsync("/api/v1/forecasts/runs", new { kind, skus, stores });
        return (await queued.ShouldBeJsonAsync(System.Net.HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> EndOfRunAsync(this TestTenant tenant, Guid id)
    {
        var client = await tenant.As(Roles.Director);
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            using var response = await client.GetAsync($"/api/v1/forecasts/runs/{id}", deadline.Token);
            var run = await response.ShouldBeJsonAsync();
            if (run.GetProperty("state").GetString() is "completed" or "failed" or "cancelled")
                return run;
        }
    }

    /// <summary>Runs a queued run here, and says whether it came to its end.</summary>
    public static Task<bool> TryRunAsync(this TestTenant tenant, Guid run, CancellationToken cut = default) => tenant.InScopeAsync(async services =>
    {
        try
        {
            await services.GetServices<IJobHandler>().Single(handler => handler.Kind == "forecast").RunAsync(run, cut);
            return true;
        }
        catch (Exception killed) when (killed is NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    });

    /// <summary>State and counters in one text.</summary>
    public static string ToldOfRun(this JsonElement run) =>
        $"{run.GetProperty("state")}: {run.GetProperty("series")} series, {run.GetProperty("done")} done, {run.GetProperty("refitted")} refitted, {run.GetProperty("failed")} failed";
}
