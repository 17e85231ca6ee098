using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class EtsTests
{
    [Fact]
    public void The_airline_series_gets_a_multiplied_season()
    {
        var fitted = new Ets().Fit(Known.History(Known.Airline, 12))!;
        fitted.Model.ShouldEndWith(",M)");
        // Hyndman and Athanasopoulos's and everybody's July after December 1960: about 650 thousand.
        fitted.Forecast(12).Mean[6].ShouldBe(650, 40);
    }

    [Fact]
    public void Smoothing_that_made_a_series_is_found_again()
    {
        foreach (var alpha in new[] { 0.1, 0.3, 0.7 })
        {
            var y = Known.Wandering(2000, alpha, 3);
            EtsFit.Of(y, new EtsShape(Form.Additive, false, false, Form.None, 1), [0], 0, 1)!.By.Alpha.ShouldBe(alpha, 0.06);
        }
    }

    [Fact]
    public void Gauss_and_Newton_find_what_a_search_without_derivatives_finds()
    {
        foreach (var season in new[] { Form.Additive, Form.Multiplicative })
        {
            foreach (var damped in new[] { false, true })
            {
                var shape = new EtsShape(Form.Multiplicative, true, damped, season, 12);
                var first = new double[12];
                Decomposition.Season(Known.Airline, 12, first, new double[288]);
                if (season == Form.Multiplicative)
                    first = [.. first.Select(index => 1 + (index / 280))];
                var found = EtsFit.Of(Known.Airline, shape, first, 11, 12)!;
                var searched = Searched(shape, found, out var where);
                Cost(shape, found, found.By, found.Start.Level, found.Start.Trend).ShouldBeLessThan(searched + 0.05, $"{shape} {found.By} {found.Start.Level} {found.Start.Trend}; searched {string.Join(" ", where)}");
            }
        }
    }

    [Fact]
    public void Over_the_same_history_the_same_is_said_and_over_more_of_it_states_have_moved_on()
    {
        var history = Known.History(Known.Airline, 12);
        var early = new Ets().Fit(history.Before(12))!;
        var said = early.Forecast(12);
        early.Over(history.Before(12))!.Forecast(12).Quantiles.ShouldBe(said.Quantiles);
        var (later, anew) = (early.Over(history)!.Forecast(12), new Ets().Fit(history)!.Forecast(12));
        for (var step = 0; step < 12; step++)
            later.Mean[step].ShouldBe(anew.Mean[step], 0.06 * anew.Mean[step]);
    }

    [Fact]
    public void Two_and_a_half_years_of_weeks_have_a_season_when_they_have_one()
    {
        var noise = Known.Noise(130, 9);
        double[] y = [.. Enumerable.Range(0, 130).Select(week => 100 + (30 * Math.Sin(2 * Math.PI * week / 52)) + (week % 52 == 47 ? 80 : 0) + (3 * noise[week]))];
        var said = new Ets().Fit(Known.History(y, 52))!.Forecast(52);
        // Step 0 is week 26 of the third year: its week 47 stands out.
        said.Mean[21].ShouldBe(100 + (30 * Math.Sin(2 * Math.PI * 47 / 52)) + 80, 15);
        said.Mean[0].ShouldBe(100 + (30 * Math.Sin(2 * Math.PI * 26 / 52)), 10);
    }

    [Fact]
    public void Relative_errors_that_are_wild_do_not_explode()
    {
        double[] y = [.. Known.Noise(100, 4).Select(e => Math.Exp(2.5 * e) * 100)];
        foreach (var period in new[] { 1, 4, 12 })
        {
            var said = new Ets().Fit(Known.History(y, period))!.Forecast(40);
            said.ShouldBeADistribution();
            said.Quantiles.Max().ShouldBeLessThan(30 * y.Max());
        }
    }

    [Fact]
    public void Counts_with_zeros_negative_values_and_constants_get_a_distribution()
    {
        double[][] all = [[0, 0, 3, 0, 1, 0, 0, 0, 2, 0, 0, 1], [-5, 3, -2, 4, -6, 1, 0, 2], [7, 7, 7, 7, 7, 7], [.. Enumerable.Range(0, 24).Select(t => (double)(t % 4))]];
        foreach (var y in all)
            new Ets().Fit(Known.History(y, 4))!.Forecast(20).ShouldBeADistribution();
        new Ets().Fit(Known.History([1, 2, 3])).ShouldBeNull();
    }

    [Fact]
    public void Four_fifths_of_what_comes_lie_between_the_outer_deciles_of_what_was_said()
    {
        var (inside, all) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var y = Known.Wandering(100, 0.3, seed);
            var said = Ets.Simple().Fit(Known.History(y[..90]))!.Forecast(10);
            for (var step = 0; step < 10; step++, all++)
                inside += y[90 + step] >= said[step, 2] && y[90 + step] <= said[step, 10] ? 1 : 0;
        }
        (inside / (double)all).ShouldBe(0.8, 0.06);
    }

    private static double Searched(EtsShape shape, EtsModel found, out double[] where)
    {
        Span<double> at = [0.3, 0.02, 0.05, 0.95, found.Start.Level, found.Start.Trend];
        Span<double> scratch = stackalloc double[NelderMead.ScratchFor(6)];
        var value = NelderMead.Minimise(
            (point, state) => Cost(state.Shape, state, new Smoothing(point[0], Math.Min(point[1], point[0]), Math.Min(point[2], 1 - point[0]), shape.Damped ? point[3] : 1), point[4], point[5]),
            found, at, [1e-4, 1e-4, 1e-4, 0.8, 50, -10], [0.9999, 0.9999, 0.9999, 0.98, 200, 10], 1e-10, 5000, scratch);
        where = at.ToArray();
        return value;
    }

    private static double Cost(EtsShape shape, EtsModel model, Smoothing by, double level, double trend) =>
        Known.Airline.Length * Math.Log(EtsKernel.Run(shape, Known.Airline, by, ref level, ref trend, (double[])model.Start.Season.Clone(), default));
}
