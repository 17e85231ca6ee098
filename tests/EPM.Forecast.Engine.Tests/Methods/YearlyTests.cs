using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class YearlyTests
{
    [Fact]
    public void Waves_that_come_every_year_are_found_with_their_phase()
    {
        double[] y = [.. Known.Noise(160, 1).Select((e, week) => 5 + (0.4 * Math.Cos(2 * Math.PI * (week - 10) / 52.18)) + (0.05 * e))];
        var waves = new double[8];
        Harmonics.Fit(y, 52.18, waves).ShouldBeTrue();
        for (var week = 160; week < 212; week++)
            Harmonics.At(waves, 52.18, week).ShouldBe(0.4 * Math.Cos(2 * Math.PI * (week - 10) / 52.18), 0.08);
    }

    [Fact]
    public void What_is_different_every_year_is_no_season()
    {
        var (all, waves) = (0.0, new double[8]);
        for (var seed = 0; seed < 30; seed++)
        {
            Harmonics.Fit(Known.Noise(157, seed), 52.18, waves);
            all += Harmonics.At(waves, 52.18, seed) * Harmonics.At(waves, 52.18, seed) / 30;
        }
        // Four waves of 157 points of noise of variance 1 explain 8 / 157 of it by chance.
        all.ShouldBeLessThan(0.5 * 8 / 157);
        Harmonics.Fit(Known.Noise(100, 1), 52.18, waves).ShouldBeFalse();
    }

    [Fact]
    public void The_coming_summer_is_as_high_as_those_before_it()
    {
        var noise = Known.Noise(1080, 4);
        double Of(int day) => (day % 7 == 6 ? 0 : 100 + (10 * (day % 7))) * Math.Exp(0.5 * Math.Sin(2 * Math.PI * day / 365.25));
        double[] y = [.. Enumerable.Range(0, 1000).Select(day => Of(day) * (1 + (0.05 * noise[day])))];
        var history = Known.History(y, 7);
        var (with, without) = (new Yearly().Fit(history)!, new Ets().Fit(history)!.Forecast(80));
        var said = with.Forecast(80);
        said.ShouldBeADistribution();
        var days = Enumerable.Range(0, 80).ToArray();
        days.Average(day => Math.Abs(said.Mean[day] - Of(1000 + day))).ShouldBeLessThan(0.5 * days.Average(day => Math.Abs(without.Mean[day] - Of(1000 + day))));
        with.Over(history)!.Forecast(80).Quantiles.ShouldBe(said.Quantiles);
    }

    [Fact]
    public void Less_than_two_years_and_weeks_without_sales_are_refused()
    {
        new Yearly().Fit(Known.History([.. Enumerable.Repeat(5.0, 700)], 7)).ShouldBeNull();
        new Yearly().Fit(Known.History([.. Enumerable.Repeat(5.0, 800)], 12)).ShouldBeNull();
        new Yearly().Fit(Known.History([.. Enumerable.Range(0, 800).Select(day => day is > 300 and < 320 ? 0.0 : 5)], 7)).ShouldBeNull();
    }
}
