using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class EmpiricalTests
{
    [Fact]
    public void Of_a_series_that_does_not_change_the_quantiles_are_its_own()
    {
        var said = new Empirical("all", 1e6, 1).Fit(Known.History(Known.Noise(800, 2)))!.Forecast(2);
        said.ShouldBeADistribution();
        said[1, 2].ShouldBe(-1.2816, 0.35);
        said[1, 6].ShouldBe(0, 0.3);
        said[1, 10].ShouldBe(1.2816, 0.35);
    }

    [Fact]
    public void Only_what_was_seen_is_said()
    {
        double[] y = [0, 0, 5, 0, 2, 0, 0, 0, 5, 0, 0, 1];
        new Empirical("recent", 12, 1).Fit(Known.History(y))!.Forecast(3).Quantiles.ShouldAllBe(value => y.Contains(value));
    }

    [Fact]
    public void Each_day_of_the_week_has_its_own_where_they_differ()
    {
        double[] y = [.. Known.Noise(140, 3).Select((e, day) => (day % 7 * 10) + e)];
        var said = new Empirical("seasonal", 150, 0.02).Fit(Known.History(y, 7))!.Forecast(14);
        for (var day = 0; day < 14; day++)
            said[day, 6].ShouldBe(day % 7 * 10, 2);
    }

    [Fact]
    public void After_a_jump_the_new_level_counts()
    {
        double[] y = [.. Known.Noise(120, 4).Select((e, t) => (t < 90 ? 10 : 40) + e)];
        var fitted = new Empirical("recent", 12, 1).Fit(Known.History(y))!;
        fitted.Forecast(1)[0, 6].ShouldBe(40, 3);
        fitted.Over(Known.History(y))!.Forecast(5).Quantiles.ShouldBe(fitted.Forecast(5).Quantiles);
    }
}
