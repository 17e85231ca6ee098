using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class NaiveTests
{
    [Fact]
    public void The_seasonal_line_repeats_the_last_season_and_widens_season_by_season()
    {
        double[] y = [.. Known.Noise(400, 1).Select((e, t) => (t % 4 * 10) + e)];
        var said = Naive.Seasonal().Fit(Known.History(y, 4))!.Forecast(12);
        for (var step = 0; step < 12; step++)
            said.Mean[step].ShouldBe(y[396 + (step % 4)]);
        // Differences of unit noise have a deviation of √2; three seasons ahead √3 times that.
        (said[0, 10] - said[0, 6]).ShouldBe(1.2816 * Math.Sqrt(2), 0.25);
        (said[8, 10] - said[8, 6]).ShouldBe(1.2816 * Math.Sqrt(6), 0.45);
    }

    [Fact]
    public void Drift_goes_on_from_the_last_value_by_the_mean_change()
    {
        var said = Naive.Drift().Fit(Known.History([2, 5, 3, 6]))!.Forecast(3);
        said.Mean[0].ShouldBe(6 + (4.0 / 3), 1e-12);
        said.Mean[2].ShouldBe(10, 1e-12);
        // Changes 3, −2, 3 about 4/3: Σe² = 50/3 over two degrees of freedom; three ahead times 3 + 9/3.
        var deviation = Math.Sqrt(50.0 / 6 * 6);
        (said[2, 12] - said[2, 6]).ShouldBeInRange(1.7 * deviation, 2.1 * deviation);
    }

    [Fact]
    public void The_mean_of_all_is_as_uncertain_as_its_values_and_a_little_more()
    {
        var y = Known.Noise(1000, 5);
        var said = Naive.Mean().Fit(Known.History(y))!.Forecast(2);
        said.Mean[1].ShouldBe(y.Average(), 1e-12);
        said[1, 10].ShouldBe(1.28, 0.2);
        said[1, 2].ShouldBe(-1.28, 0.2);
    }

    [Fact]
    public void Where_a_place_in_the_season_never_errs_its_spread_is_small()
    {
        double[] y = [.. Known.Noise(280, 6).Select((e, day) => day % 7 == 6 ? 0 : 50 + (10 * e))];
        var said = Naive.Seasonal().Fit(Known.History(y, 7))!.Forecast(7);
        (said[6, 10] - said[6, 2]).ShouldBeLessThan(0.1 * (said[1, 10] - said[1, 2]));
    }

    [Fact]
    public void A_season_and_a_bit_is_needed_for_the_seasonal_line()
    {
        Naive.Seasonal().Fit(Known.History([1, 2, 3, 4, 5, 6, 7, 8], 7)).ShouldBeNull();
        Naive.Drift().Fit(Known.History([1, 0, 0, 4, 0, 6, 0, 8])).ShouldBeNull();
        Naive.Seasonal().Fit(Known.History([3, 1, 2], 1))!.Forecast(4).ShouldBeADistribution();
    }
}
