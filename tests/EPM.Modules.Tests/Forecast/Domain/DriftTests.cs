using EPM.Forecast.Domain;

namespace EPM.Modules.Tests.Forecast.Domain;

public sealed class DriftTests
{
    private static readonly DateOnly Last = new(2026, 11, 16);

    [Fact]
    public void A_forecast_that_became_worse_is_told_with_the_week_it_began_in()
    {
        var drift = Drift.Of(Weeks(0.20, 0.20, 0.20, 0.20, 0.20, 0.20, 0.20, 0.20, 0.20, 0.45, 0.45, 0.45), Last, backtest: 0.22).ShouldNotBeNull();
        drift.Before.ShouldBe(0.20, 1e-9);
        drift.Now.ShouldBe(0.3875, 1e-9);
        drift.Since.ShouldBe(Last.AddDays(-14));
    }

    [Fact]
    public void A_forecast_that_was_always_poor_has_not_drifted() =>
        Drift.Of(Weeks(0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.62, 0.61, 0.6, 0.63), Last, backtest: 0.58).ShouldBeNull();

    [Fact]
    public void No_worse_than_its_backtest_is_no_drift_after_some_good_weeks() =>
        Drift.Of(Weeks(0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.4, 0.4, 0.4, 0.4), Last, backtest: 0.39).ShouldBeNull();

    [Fact]
    public void A_product_that_hardly_sells_makes_no_alarm() =>
        Drift.Of(Weeks(0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 1, 1, 1, 1).Select(week => week with { AbsActual = week.AbsActual / 100, AbsError = week.AbsError / 100 }), Last, null)
            .ShouldBeNull();

    [Fact]
    public void Weeks_of_another_season_do_not_count() =>
        Drift.Of(Weeks(0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.5, 0.5, 0.5, 0.5), Last.AddDays(7 * 12), null).ShouldBeNull();

    private static IEnumerable<WeekErrors> Weeks(params double[] wapes) =>
        wapes.Select((wape, i) => new WeekErrors(Last.AddDays(-7 * (wapes.Length - 1 - i)), 7, wape * 140, 140));
}
