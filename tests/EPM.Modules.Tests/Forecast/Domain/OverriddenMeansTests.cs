using EPM.Forecast.Domain;

namespace EPM.Modules.Tests.Forecast.Domain;

public sealed class OverriddenMeansTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly DateTimeOffset Then = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_whole_chain_is_changed_first_and_one_store_last()
    {
        var store = Felt(OverrideBreadth.ProductInStore, "=5", hours: 0);
        var chain = Felt(OverrideBreadth.Group, "*2", hours: 1);
        var category = Felt(OverrideBreadth.Category, "*3", hours: 2);
        FeltOverride.InOrder([store, category, chain]).ShouldBe([chain, category, store]);
        Means([10], [.. FeltOverride.InOrder([store, category, chain])]).ShouldBe([50_000L]);
    }

    [Fact]
    public void Of_two_alike_the_later_one_has_the_last_word()
    {
        var (first, second) = (Felt(OverrideBreadth.Product, "*2", hours: 1), Felt(OverrideBreadth.Product, "=7", hours: 2));
        Means([10], [.. FeltOverride.InOrder([second, first])]).ShouldBe([70_000L]);
    }

    [Fact]
    public void A_category_within_another_comes_after_it()
    {
        var (drinks, sodas) = (Felt(OverrideBreadth.Category, "*2", hours: 2), Felt(OverrideBreadth.Category, "=1", hours: 1, depth: 1));
        FeltOverride.InOrder([sodas, drinks]).ShouldBe([drinks, sodas]);
    }

    [Fact]
    public void Days_that_no_override_touches_keep_every_bit() =>
        Means([0.1 + 0.2, 3, 4], [Felt(OverrideBreadth.Product, "*2", hours: 0, from: 1, to: 1)]).ShouldBe([null, 60_000L, null]);

    [Fact]
    public void A_month_that_has_begun_keeps_the_total_that_was_planned_for_it()
    {
        var planned = Felt(OverrideBreadth.Product, "=100", hours: 0, from: -2, to: 1) with { Shares = [300_000, 300_000, 150_000, 250_000] };
        Means([1, 1], [planned]).ShouldBe([150_000L, 250_000L]);
    }

    [Fact]
    public void Multiplying_a_hundred_times_comes_to_an_end() =>
        Means([5], [.. Enumerable.Range(0, 100).Select(hour => Felt(OverrideBreadth.Product, "*1000", hour))]).ShouldBe([10_000_000_000_000L]);

    [Fact]
    public void What_is_taken_away_leaves_nothing_below_zero() =>
        Means([2], [Felt(OverrideBreadth.Product, "-5", hours: 0) with { Shares = [-50_000] }]).ShouldBe([0L]);

    [Fact]
    public void The_spread_stays_as_wide_beside_the_mean()
    {
        double[] quantiles = [6, 10, 18];
        RelativeSpread.Around([0.1, 0.5, 0.9], quantiles, before: 11, after: 22);
        quantiles.ShouldBe([12, 20, 36], tolerance: 1e-9);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(4, 2, 4, 7)]
    [InlineData(900, 861, 900, 939)]
    public void Something_planned_where_nothing_was_forecast_has_the_spread_of_chance(double mean, double p10, double p50, double p90)
    {
        double[] quantiles = [0, 0, 0];
        RelativeSpread.Around([0.1, 0.5, 0.9], quantiles, before: 0, after: mean);
        quantiles.ShouldBe([p10, p50, p90], tolerance: 1);
    }

    private static long?[] Means(double[] means, FeltOverride[] overrides) => OverriddenMeans.Of(Monday, means, overrides);

    private static FeltOverride Felt(OverrideBreadth breadth, string text, int hours, int from = 0, int to = 0, int depth = 0)
    {
        Formula.Read(text, out var formula).ShouldBeNull();
        var (first, last) = (Monday.AddDays(from), Monday.AddDays(to));
        var shares = OverrideShares.Of(formula, new long[last.DayNumber - first.DayNumber + 1]);
        return new FeltOverride(new Guid(hours, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)breadth]), breadth, depth, Then.AddHours(hours), first, last, formula, shares);
    }
}
