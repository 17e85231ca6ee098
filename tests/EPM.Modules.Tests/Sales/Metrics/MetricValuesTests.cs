using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Metrics;

public sealed class MetricValuesTests : FiguresTest
{
    [Theory]
    [InlineData("revenue", "7070")]
    [InlineData("revenue-net", "6350")]
    [InlineData("tax", "720")]
    [InlineData("tickets", "4")]
    [InlineData("units", "11")]
    [InlineData("basket", "1768")]
    [InlineData("units-per-ticket", "2.75")]
    [InlineData("average-price", "643")]
    [InlineData("gross-margin", "1200")]
    [InlineData("margin-rate", "0.3")]
    [InlineData("discount", "150")]
    [InlineData("discount-rate", "0.020776")]
    [InlineData("objective", "700")]
    [InlineData("objective-attainment", "6.542857")]
    public async Task Every_metric_is_what_the_tickets_say(string metric, string total) =>
        (await AskAsync($"metrics={metric}&{Week}")).ShouldBe([$": {total}", $"total: {total}"]);

    [Theory]
    [InlineData("day", "2026-10-05: 4580 2", "2026-10-06: 1770 1", "2026-10-07: 720 1")]
    [InlineData("week", "2026-10-05: 7070 4")]
    [InlineData("month", "2026-10: 7070 4")]
    [InlineData("year", "2026: 7070 4")]
    [InlineData("weekday", "1: 4580 2", "2: 1770 1", "3: 720 1")]
    [InlineData("region", "nord: 6350 3", "sud: 720 1")]
    [InlineData("store", "N1: 4580 2", "N2: 1770 1", "S1: 720 1")]
    [InlineData("category", "a: 4720 3", "b: 2350 2")]
    [InlineData("product", "P1: 2360 2", "P2: 2350 2", "P3: 2360 2")]
    [InlineData("hour", "09: 720 1", "10: 4580 2", "18: 1770 1")]
    [InlineData("region,weekday", "nord|1: 4580 2", "nord|2: 1770 1", "sud|3: 720 1")]
    [InlineData("store,category", "N1|a: 4130 2", "N1|b: 450 1", "N2|a: 1770 1", "S1|a: -1180 -", "S1|b: 1900 1")]
    public async Task A_total_is_counted_anew_whatever_it_is_split_by(string by, params string[] rows) =>
        (await AskAsync($"metrics=revenue,tickets&by={by}&{October}")).ShouldBe([.. rows, "total: 7070 4"]);

    [Theory]
    [InlineData("category=a", "4720 3 1573")]
    [InlineData("category=a1", "2360 2 1180")]
    [InlineData("category=b&store=N1", "450 1 450")]
    [InlineData("product=P1", "2360 2 1180")]
    [InlineData("region=nord&store=N1,N2", "6350 3 2117")]
    [InlineData("store=N1&store=S1", "5300 3 1767")]
    [InlineData("region=sud&store=N1", "- - -")]
    public async Task A_filter_narrows_rows_and_totals_alike(string filter, string total) =>
        (await AskAsync($"metrics=revenue,tickets,basket&{October}&{filter}"))[^1].ShouldBe("total: " + total);

    [Fact]
    public async Task Below_a_category_its_children_are_told()
    {
        (await AskAsync($"metrics=revenue,tickets&by=category&{October}&category=a")).ShouldBe(["a1: 2360 2", "total: 4720 3"]);
        (await AskAsync($"metrics=revenue,tickets&by=product&{October}&category=a")).ShouldBe(["P1: 2360 2", "P3: 2360 2", "total: 4720 3"]);
        (await AskAsync($"metrics=gross-margin,margin-rate&by=store&{October}&product=P1")).ShouldBe(["N1: 800 0.4", "N2: 400 0.4", "S1: -400 0.4", "total: 800 0.4"]);
    }

    [Fact]
    public async Task What_was_not_measured_is_not_zero()
    {
        (await AskAsync($"metrics=gross-margin,margin-rate,revenue&{October}&product=P2"))[^1].ShouldBe("total: - - 2350");
        (await AskAsync("metrics=basket,units-per-ticket,average-price,discount-rate,objective,objective-attainment&from=2026-03-01&to=2026-03-31"))[^1].ShouldBe("total: - - - - - -");
        await Tenant.SellAsync("store,date,sku,quantity,price\nS1,2026-02-02,P1,2,1000\n");
        (await AskAsync("metrics=revenue,units,tickets,basket,units-per-ticket&from=2026-02-01&to=2026-02-28"))[^1].ShouldBe("total: 2000 2 - - -");
        (await AskAsync("metrics=revenue,tickets&by=hour&from=2026-02-01&to=2026-02-28")).ShouldBe(["total: 2000 -"], "without times there are no hours");
    }

    [Fact]
    public async Task Rounded_parts_sum_to_the_rounded_whole()
    {
        await Tenant.SellAsync(File([.. new[] { "N1", "N2", "S1" }.SelectMany(store => Enumerable.Range(1, 9).Select(day => $"{store},R{day},1,2026-02-0{day},P1,1,0.4,0,0,"))]));
        (await AskAsync("metrics=revenue&by=store&from=2026-02-01&to=2026-02-09")).ShouldBe(["N1: 4", "N2: 4", "S1: 3", "total: 11"]);
        var days = await QueryAsync("metrics=revenue&by=day,store&from=2026-02-01&to=2026-02-09");
        days.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("values").GetProperty("revenue").GetDecimal()).ShouldBe(11);
    }

    [Fact]
    public async Task Months_at_the_edges_of_a_period_are_cut_to_the_day()
    {
        (await AskAsync("metrics=revenue&by=month&from=2025-10-06&to=2026-10-05")).ShouldBe(["2025-10: 3000", "2026-09: 9600", "2026-10: 4580", "total: 17180"]);
        (await AskAsync("metrics=revenue&by=year&from=2025-01-02&to=2026-12-31")).ShouldBe(["2025: 3100", "2026: 16670", "total: 19770"]);
    }

    [Fact]
    public async Task The_list_of_metrics_is_told_in_the_language_of_the_caller_and_without_cost_to_whom_it_is_hidden()
    {
        var all = (await (await Tenant.As(Roles.Director)).GetJsonAsync("/api/v1/metrics")).GetProperty("items").EnumerateArray().ToArray();
        all.Length.ShouldBe(14);
        all.ShouldAllBe(metric => metric.GetProperty("label").GetString() != "metric." + metric.GetProperty("name").GetString());
        all.Single(metric => metric.GetProperty("name").GetString() == "margin-rate").ToString().ShouldContain("\"unit\":\"percent\",\"kind\":\"ratio\",\"goodDirection\":\"up\",\"needsCost\":true");
        var english = (await (await EnglishPerson.SignInAsync(Tenant)).GetJsonAsync("/api/v1/metrics")).GetProperty("items");
        english[0].GetProperty("label").GetString().ShouldBe("Revenue");
        var few = await (await Tenant.As(Roles.StoreManager, Stores.Chain.Only("N1"))).GetJsonAsync("/api/v1/metrics");
        few.GetProperty("items").EnumerateArray().Select(metric => metric.GetProperty("name").GetString()).ShouldBe(
            all.Select(metric => metric.GetProperty("name").GetString()).Except(["gross-margin", "margin-rate"], StringComparer.Ordinal));
    }
}
