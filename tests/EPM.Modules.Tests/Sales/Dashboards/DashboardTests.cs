using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Sales.Metrics;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Dashboards;

public sealed class DashboardTests : FiguresTest
{
    [Fact]
    public async Task Cards_tell_value_comparison_change_plan_and_course()
    {
        var view = await ViewAsync($"{October}&compare=last-year");
        view.GetProperty("compare").ToString().ShouldBe("""{"kind":"last-year","from":"2025-10-01","to":"2025-10-07","covered":true}""");
        (view.GetProperty("currency").GetString(), view.GetProperty("currencyDecimals").GetInt32(), view.GetProperty("seriesGrain").GetString()).ShouldBe(("XOF", 0, "day"));
        view.GetProperty("cards").EnumerateArray().Select(card =>
            $"{card.GetProperty("metric")} {card.GetProperty("unit")} {Number(card.GetProperty("value"))} vs {Number(card.GetProperty("compare"))} {Number(card.GetProperty("delta"))} plan {Number(card.GetProperty("objective"))}").ShouldBe(
        [
            "revenue money 7070 vs 700 9.1 plan 700", "gross-margin money 1200 vs - - plan -", "margin-rate percent 0.3 vs - - plan -", "tickets count 4 vs 3 0.333333 plan -",
            "basket money 1768 vs 233 6.587983 plan -", "units-per-ticket number 2.75 vs 1 1.75 plan -", "discount-rate percent 0.020776 vs 0 0.020776 plan -",
            "objective-attainment percent 6.542857 vs - - plan 700",
        ]);
        var series = view.GetProperty("cards")[0].GetProperty("series").EnumerateArray().Select(Number).ToArray();
        series.Length.ShouldBe(31);
        series[..8].ShouldBe(["0", "0", "0", "0", "4580", "1770", "720", "-"], "days to come are not zero");
    }

    [Fact]
    public async Task The_series_stands_beside_comparison_and_plan_and_leaves_the_future_open()
    {
        var daily = (await ViewAsync($"{October}&compare=last-year")).GetProperty("daily").EnumerateArray().ToArray();
        daily.Length.ShouldBe(31);
        daily[4].ToString().ShouldBe("""{"date":"2026-10-05","actual":4580,"compare":100,"objective":100}""");
        daily[30].ToString().ShouldBe("""{"date":"2026-10-31","actual":null,"compare":null,"objective":100}""");
        var year = await ViewAsync("from=2026-01-01&to=2026-12-31&compare=last-year");
        year.GetProperty("seriesGrain").GetString().ShouldBe("week");
        var years = await ViewAsync("from=2025-01-01&to=2026-12-31&compare=none");
        years.GetProperty("seriesGrain").GetString().ShouldBe("month");
        years.GetProperty("daily").EnumerateArray().Select(point => Number(point.GetProperty("actual"))).ShouldBe(
            Enumerable.Range(0, 24).Select(month => month switch { 0 => "3", 9 => "3100", 20 => "9600", 21 => "7070", > 21 => "-", _ => "0" }));
    }

    [Fact]
    public async Task A_view_by_months_puts_each_compared_day_into_the_month_it_is_compared_with()
    {
        await Tenant.SellAsync(File("N1,Y1,1,2024-01-01,P2,1,1,0,0,", "N2,Y1,1,2024-01-01,P2,1,1,0,0,", "S1,Y1,1,2024-01-01,P2,1,1,0,0,"));
        var daily = (await ViewAsync("from=2025-08-01&to=2026-10-31&compare=last-year-weekday")).GetProperty("daily").EnumerateArray().ToArray();
        (daily[0].GetProperty("date").GetString(), daily.Length).ShouldBe(("2025-08-01", 15));
        daily.Select(point => Number(point.GetProperty("compare"))).Select((value, i) => (value, i)).Where(point => point.value is not ("0" or "-")).ShouldBe([("3", 4), ("1500", 14)]);
    }

    [Fact]
    public async Task Stores_regions_and_categories_are_ranked_with_share_and_margin()
    {
        var view = await ViewAsync($"{October}&compare=last-year");
        view.GetProperty("stores").EnumerateArray().Select(store => string.Join(' ', new[] { "code", "region", "revenue", "compare", "delta", "attainment", "marginRate", "share" }.Select(name => Number(store.GetProperty(name)))))
            .ShouldBe(["N1 nord 4580 700 5.542857 6.542857 0.314286 0.647808", "N2 nord 1770 - - - 0.333333 0.250354", "S1 sud 720 - - - 0.4 0.101839"]);
        view.GetProperty("stores")[0].GetProperty("spark").EnumerateArray().Select(Number).ShouldBe(["0", "0", "0", "0", "4580", "0", "0"]);
        view.GetProperty("regions").EnumerateArray().Select(region => $"{region.GetProperty("code")} {region.GetProperty("revenue")} {Number(region.GetProperty("compare"))} {Number(region.GetProperty("share"))}")
            .ShouldBe(["nord 6350 700 0.898161", "sud 720 - 0.101839"]);
        Categories(view).ShouldBe(["a  True 4720 0.3 0.66761", "b  False 2350 - 0.33239"]);
        Categories(await ViewAsync($"{October}&category=a")).ShouldBe(["a1 a False 2360 0.4 0.5"]);
    }

    [Fact]
    public async Task Hours_are_told_by_weekday_for_whole_stores()
    {
        var view = await ViewAsync(October);
        view.GetProperty("heat").EnumerateArray().Select(cell => $"{cell.GetProperty("weekday")}/{cell.GetProperty("hour")} {cell.GetProperty("revenue")} {Number(cell.GetProperty("share"))}")
            .ShouldBe(["1/10 2810 0.397454", "1/18 1770 0.250354", "2/10 1770 0.250354", "3/9 720 0.101839"]);
        view.GetProperty("heatCoversAllCategories").GetBoolean().ShouldBeFalse();
        (await ViewAsync($"{October}&category=a")).GetProperty("heatCoversAllCategories").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_watermark_tells_how_fresh_the_figures_are()
    {
        var import = await Tenant.SellAsync(File("N1,T6,1,2026-10-07T11:00:00Z,P1,1,1180,0,0.18,"));
        await Tenant.ImportAsync(File("N1,T7,1,2026-10-09T11:00:00Z,P1,1,1180,0,0.18,"), "dryRun=true");
        var watermark = (await ViewAsync(October)).GetProperty("watermark");
        (watermark.GetProperty("dataThrough").GetString(), watermark.GetProperty("storesReporting").GetInt32(), watermark.GetProperty("storesExpected").GetInt32()).ShouldBe(("2026-10-07", 2, 3));
        watermark.GetProperty("lastImportId").GetGuid().ShouldBe(import.GetProperty("id").GetGuid());
        watermark.GetProperty("lastImportAt").GetDateTimeOffset().ShouldBe(import.GetProperty("finishedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_chain_that_has_not_sold_yet_has_nothing_measured()
    {
        var other = await Host.NewTenantAsync();
        var view = await (await other.As(Roles.Director)).GetJsonAsync($"/api/v1/dashboard?{October}&compare=last-year");
        view.GetProperty("watermark").ToString().ShouldBe("""{"lastImportAt":null,"lastImportId":null,"dataThrough":null,"storesReporting":0,"storesExpected":0}""");
        foreach (var part in new[] { "stores", "regions", "categories", "heat" })
            view.GetProperty(part).GetArrayLength().ShouldBe(0, part);
        view.GetProperty("cards").EnumerateArray().ShouldAllBe(card => card.GetProperty("value").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_period_that_has_not_begun_has_nothing_measured()
    {
        var view = await ViewAsync("from=2026-12-01&to=2026-12-31&compare=last-year");
        view.GetProperty("cards")[0].GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        view.GetProperty("daily").EnumerateArray().ShouldAllBe(point => point.GetProperty("actual").ValueKind == JsonValueKind.Null);
    }

    private async Task<JsonElement> ViewAsync(string query) => await (await Tenant.As(Roles.Director)).GetJsonAsync("/api/v1/dashboard?" + query);

    private static IEnumerable<string> Categories(JsonElement view) => view.GetProperty("categories").EnumerateArray().Select(category =>
        $"{category.GetProperty("code")} {category.GetProperty("parent")} {category.GetProperty("hasChildren")} {category.GetProperty("revenue")} {Number(category.GetProperty("marginRate"))} {Number(category.GetProperty("share"))}");
}
