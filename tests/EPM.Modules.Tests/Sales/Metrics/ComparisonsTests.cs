using EPM.Sales.Metrics;

namespace EPM.Modules.Tests.Sales.Metrics;

public sealed class ComparisonsTests : FiguresTest
{
    [Theory]
    [InlineData("last-year", "2025-10-01", "2025-10-07", "700")]
    [InlineData("last-year-weekday", "2025-10-02", "2025-10-08", "1500")]
    [InlineData("previous", "2026-09-01", "2026-09-07", "3200")]
    [InlineData("objective", "2026-10-01", "2026-10-07", "700")]
    public async Task A_month_under_way_is_held_against_as_much_of_the_other(string compare, string from, string to, string revenue)
    {
        var answer = await QueryAsync($"metrics=revenue&{October}&compare={compare}");
        Told(answer.GetProperty("totals")).ShouldBe($"7070 vs {revenue}");
        answer.GetProperty("compare").ToString().ShouldBe($$"""{"kind":"{{compare}}","from":"{{from}}","to":"{{to}}","covered":true}""");
    }

    [Fact]
    public async Task Days_stand_beside_the_day_they_are_compared_with()
    {
        (await AskAsync($"metrics=revenue&by=day&{October}&compare=last-year"))
            .ShouldBe(["2026-10-05: 4580 vs 100", "2026-10-06: 1770 vs 200", "2026-10-07: 720 vs 400", "total: 7070 vs 700"]);
        (await AskAsync($"metrics=revenue&by=day&{October}&compare=last-year-weekday"))
            .ShouldBe(["2026-10-04: 0 vs 100", "2026-10-05: 4580 vs 200", "2026-10-06: 1770 vs 400", "2026-10-07: 720 vs 800", "total: 7070 vs 1500"]);
        (await AskAsync($"metrics=revenue,tickets&by=store&{October}&compare=last-year")).ShouldBe(["N1: 4580 2 vs 700 3", "N2: 1770 1 vs - -", "S1: 720 1 vs - -", "total: 7070 4 vs 700 3"]);
        (await AskAsync("metrics=revenue&from=2026-10-05&to=2026-10-07&compare=previous"))[^1].ShouldBe("total: 7070 vs 0");
    }

    [Fact]
    public async Task A_month_stands_beside_the_days_it_is_compared_with_wherever_these_fall()
    {
        (await AskAsync($"metrics=revenue&by=month&{October}&compare=last-year-weekday")).ShouldBe(["2026-10: 7070 vs 1500", "total: 7070 vs 1500"]);
        (await AskAsync("metrics=revenue&by=month&from=2026-09-01&to=2026-10-31&compare=last-year-weekday"))
            .ShouldBe(["2026-09: 9600 vs -", "2026-10: 7070 vs 1500", "total: 16670 vs 1500"]);
    }

    [Fact]
    public async Task A_weekday_is_held_against_the_same_weekday() => (await AskAsync($"metrics=revenue&by=weekday&{October}&compare=last-year"))
        .ShouldBe(["1: 4580 vs 200", "2: 1770 vs 400", "3: 720 vs -", "7: 0 vs 100", "total: 7070 vs 700"]);

    [Fact]
    public async Task Where_sales_are_not_known_as_far_back_nothing_is_compared()
    {
        var answer = await QueryAsync("metrics=revenue&from=2025-01-01&to=2025-12-31&compare=last-year");
        answer.GetProperty("compare").GetProperty("covered").GetBoolean().ShouldBeFalse();
        Told(answer.GetProperty("totals")).ShouldStartWith("3103 vs -");
    }

    [Fact]
    public async Task Only_what_is_planned_is_held_against_the_plan()
    {
        (await AskAsync($"metrics=objective,objective-attainment&{October}"))[^1].ShouldBe("total: 3100 6.542857");
        (await AskAsync($"metrics=objective,objective-attainment&by=store&{Week}")).ShouldBe(["N1: 700 6.542857", "N2: - -", "S1: - -", "total: 700 6.542857"]);
        (await AskAsync($"metrics=revenue,tickets&by=store&{October}&compare=objective"))[0].ShouldBe("N1: 4580 2 vs 700 -");
        (await AskAsync($"metrics=objective&by=day&{Week}&store=N1")).ShouldBe([.. Enumerable.Range(1, 7).Select(day => $"2026-10-0{day}: 100"), "total: 700"]);
    }

    [Theory]
    [InlineData("last-year", "2028-02-29", "2028-02-29", "2027-02-28", "2027-02-28")]
    [InlineData("last-year", "2029-02-01", "2029-02-28", "2028-02-01", "2028-02-29")]
    [InlineData("last-year", "2029-02-28", "2029-02-28", "2028-02-28", "2028-02-28")]
    [InlineData("last-year", "2028-01-01", "2028-12-31", "2027-01-01", "2027-12-31")]
    [InlineData("last-year-weekday", "2028-02-29", "2028-02-29", "2027-03-02", "2027-03-02")]
    [InlineData("previous", "2028-03-01", "2028-03-31", "2028-02-01", "2028-02-29")]
    [InlineData("previous", "2028-03-01", "2028-03-30", "2028-01-31", "2028-02-29")]
    [InlineData("previous", "2028-01-01", "2028-12-31", "2027-01-01", "2027-12-31")]
    [InlineData("objective", "2028-03-01", "2028-03-31", "2028-03-01", "2028-03-31")]
    public void Periods_meet_their_like_leap_days_included(string kind, string from, string to, string otherFrom, string otherTo)
    {
        var ours = new Period(Day(from), Day(to));
        var comparison = Comparison.Of(kind, ours, ours)!;
        comparison.Period.ShouldBe(new Period(Day(otherFrom), Day(otherTo)));
        for (var day = comparison.Period.From; day <= comparison.Period.To; day = day.AddDays(1))
            comparison.ToOurs(day).ShouldBeInRange(ours.From, ours.To);
    }

    [Fact]
    public void A_month_with_fewer_days_so_far_is_compared_to_date()
    {
        var march = new Period(new DateOnly(2027, 3, 1), new DateOnly(2027, 3, 31));
        Comparison.Of("previous", march, march.Until(new DateOnly(2027, 3, 30)))!.Period.To.ShouldBe(new DateOnly(2027, 2, 28));
        Comparison.Of("none", march, march).ShouldBeNull();
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
