using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast.Landing;

/// <summary>The dashboard's landing: sales to 31 October are known, and it is November.</summary>
public sealed class LandingTests : IAsyncLifetime
{
    private const string November = "/api/v1/dashboard?from=2026-11-01&to=2026-11-30";
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 5, 9, 0, 0, TimeSpan.Zero));
    private EpmHost _host = null!;
    private TestTenant _tenant = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync(_clock);
        _tenant = await _host.NewTenantAsync();
        await _tenant.SellDailyAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_chance_of_the_objective_falls_as_the_objective_rises()
    {
        await _tenant.ForecastAsync();
        await PlanAsync("N1", 1);
        var sure = await LandingAsync(November);
        sure.GetProperty("probability").GetDouble().ShouldBeGreaterThan(0.99);
        (sure.GetProperty("objective").GetDecimal(), sure.GetProperty("soFar").GetDecimal(), sure.GetProperty("month").GetString()).ShouldBe((1m, 0m, "2026-11"));
        var (p10, p50, p90) = (Of(sure, "p10"), Of(sure, "p50"), Of(sure, "p90"));
        p10.ShouldBeLessThan(p50);
        p50.ShouldBeLessThan(p90);
        // P1 sells some 18 a day at 1,500, P2 one in nine days.
        p50.ShouldBeInRange(30 * 14 * 1500, 30 * 22 * 1500);
        await PlanAsync("N1", p50);
        (await LandingAsync(November)).GetProperty("probability").GetDouble().ShouldBeInRange(0.4, 0.6);
        await PlanAsync("N1", p90);
        (await LandingAsync(November)).GetProperty("probability").GetDouble().ShouldBeInRange(0.05, 0.15);
        await PlanAsync("N1", 10 * p90);
        (await LandingAsync(November)).GetProperty("probability").GetDouble().ShouldBeLessThan(0.01);
    }

    [Fact]
    public async Task What_was_sold_counts_as_it_is_and_only_the_rest_is_expected()
    {
        await _tenant.ForecastAsync();
        await PlanAsync("N1", 1_000_000);
        var before = await LandingAsync(November);
        var lines = string.Join('\n', Enumerable.Range(1, 4).Select(day => ForecastChain.Line("N1", "P1", new DateOnly(2026, 11, day), 100)));
        await _tenant.SellAsync($"{ForecastChain.Header}\n{lines}\n");
        var after = await LandingAsync(November);
        after.GetProperty("soFar").GetDecimal().ShouldBe(600_000m);
        Of(after, "p50").ShouldBeGreaterThan(Of(before, "p50") + 400_000);
        (Of(after, "p90") - Of(after, "p10")).ShouldBeLessThan(1.05m * (Of(before, "p90") - Of(before, "p10")));
        // Up to the last day known is as good as the whole month; a part of what is known is not.
        (await LandingAsync("/api/v1/dashboard?from=2026-11-01&to=2026-11-04")).ToString().ShouldBe(after.ToString());
        await ShouldBeLeftOutAsync("/api/v1/dashboard?from=2026-11-01&to=2026-11-03", "a part of what is known");
    }

    [Fact]
    public async Task It_is_of_the_stores_shown_and_the_same_each_time()
    {
        await _tenant.ForecastAsync();
        foreach (var store in new[] { "N1", "N2", "S1" })
            await PlanAsync(store, 500_000);
        var all = await LandingAsync(November);
        (await LandingAsync(November + "&compare=objective")).ToString().ShouldBe(all.ToString());
        all.GetProperty("objective").GetDecimal().ShouldBe(1_500_000m);
        var north = await LandingAsync(November + "&region=nord");
        north.GetProperty("objective").GetDecimal().ShouldBe(1_000_000m);
        Of(north, "p50").ShouldBeLessThan(Of(all, "p50"));
        (await LandingAsync(await _tenant.As(Roles.RegionalManager, Chain.Regions("nord")), November)).ToString().ShouldBe(north.ToString());
        // What it says does not hang on what was kept, nor on what else was drawn.
        await _tenant.AskAsync<int>("WITH again AS (UPDATE forecast.run_batch SET done_at = done_at + interval '1 second' RETURNING 1) SELECT count(*)::int FROM again");
        (await LandingAsync(November + "&store=N2&compare=objective")).GetProperty("objective").GetDecimal().ShouldBe(500_000m);
        (await LandingAsync(November + "&compare=previous")).ToString().ShouldBe(all.ToString());
    }

    [Fact]
    public async Task It_is_left_out_where_it_would_say_nothing()
    {
        await ShouldBeLeftOutAsync(November, "no objective");
        await PlanAsync("N1", 500_000);
        await ShouldBeLeftOutAsync(November, "no forecast");
        await _tenant.ForecastAsync();
        (await LandingAsync(November)).GetProperty("objective").GetDecimal().ShouldBe(500_000m);
        await ShouldBeLeftOutAsync("/api/v1/dashboard?from=2026-10-01&to=2026-10-31", "a month that is over");
        await ShouldBeLeftOutAsync("/api/v1/dashboard?from=2026-11-02&to=2026-11-30", "not the whole month");
        await ShouldBeLeftOutAsync("/api/v1/dashboard?from=2026-11-01&to=2026-12-31", "more than the month");
        await ShouldBeLeftOutAsync(November + "&store=S1", "a store without an objective");
        _clock.Advance(TimeSpan.FromDays(30));
        _tenant.SignInAgain();
        await ShouldBeLeftOutAsync(November, "the month has passed, though no figure has changed");
    }

    [Fact]
    public async Task Days_on_which_a_store_is_closed_bring_nothing()
    {
        await _tenant.ForecastAsync();
        await PlanAsync("N1", 500_000);
        var open = await LandingAsync(November);
        await _tenant.CloseAsync("N1", "2026-11-16", "2026-11-30");
        var half = await LandingAsync(November);
        Of(half, "p50").ShouldBeInRange(0.4m * Of(open, "p50"), 0.6m * Of(open, "p50"));
        await _tenant.CloseAsync("N1", "2026-11-01", "2026-11-30");
        (await LandingAsync(November)).ToString().ShouldBe("""{"probability":0,"p10":0,"p50":0,"p90":0,"objective":500000,"soFar":0,"month":"2026-11"}""");
    }

    [Fact]
    public async Task An_override_moves_it_and_its_withdrawal_brings_it_back()
    {
        await _tenant.ForecastAsync();
        await PlanAsync("N1", 500_000);
        var before = await LandingAsync(November);
        var analyst = await _tenant.As(Roles.Analyst);
        using var made = await analyst.PutAsJsonAsync("/api/v1/forecasts/overrides", new
        {
            items = new[] { new { level = "store", store = "N1", from = "2026-11-01", to = "2026-11-30", formula = "*2", reason = "Foire" } },
        });
        var id = (await made.ShouldBeJsonAsync()).GetProperty("items")[0].GetProperty("id").GetString();
        Of(await LandingAsync(November), "p50").ShouldBeInRange(1.8m * Of(before, "p50"), 2.2m * Of(before, "p50"));
        using var withdrawn = await analyst.DeleteAsync($"/api/v1/forecasts/overrides/{id}");
        withdrawn.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await LandingAsync(November)).ToString().ShouldBe(before.ToString());
    }

    private async Task<JsonElement> LandingAsync(string path) => await LandingAsync(await _tenant.As(Roles.Director), path);

    // A dashboard does not wait long for it: it is asked again until it is there.
    private static async Task<JsonElement> LandingAsync(HttpClient client, string path)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var response = await client.GetAsync(path, deadline.Token);
            if ((await response.ShouldBeJsonAsync()).GetProperty("landing") is { ValueKind: JsonValueKind.Object } landing)
                return landing;
        }
    }

    private async Task ShouldBeLeftOutAsync(string path, string why) =>
        (await (await _tenant.As(Roles.Director)).GetJsonAsync(path)).GetProperty("landing").ValueKind.ShouldBe(JsonValueKind.Null, why);

    private async Task PlanAsync(string store, decimal revenue)
    {
        using var response = await (await _tenant.As(Roles.Admin)).PutAsJsonAsync($"/api/v1/stores/{store}/objectives", new { items = new[] { new { month = "2026-11", revenue } } });
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private static decimal Of(JsonElement landing, string name) => landing.GetProperty(name).GetDecimal();
}
