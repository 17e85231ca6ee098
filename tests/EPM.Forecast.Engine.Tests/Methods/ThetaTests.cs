using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class ThetaTests
{
    [Fact]
    public void The_standard_method_is_simple_smoothing_with_half_the_slope()
    {
        // Hyndman and Billah 2003, equation 5: l + b/2 · (h − 1 + (1 − (1 − α)^n) / α).
        var y = Known.Airline[..40];
        var (alpha, level, trend) = (0.35, y[0], 0.0);
        EtsKernel.Run(new EtsShape(Form.Additive, false, false, Form.None, 1), y, new Smoothing(alpha, 0, 0, 1), ref level, ref trend, [0], default);
        var state = ThetaKernel.Start(y[0], y);
        var slope = state.Slope;
        ThetaKernel.Run(y, alpha, 2, ref state, default);
        var means = new double[12];
        ThetaKernel.Means(state, alpha, 2, means);
        for (var h = 1; h <= 12; h++)
            (means[h - 1] - means[0]).ShouldBe(slope / 2 * (h - 1), 1e-9);
        // The line's intercept fades with (1 − α)^n and is nothing by now.
        means[0].ShouldBe(level + (slope / 2 * ((1 - Math.Pow(1 - alpha, 41)) / alpha)), 1e-4);
    }

    [Fact]
    public void With_an_angle_of_one_nothing_is_left_of_the_line()
    {
        var y = Known.Airline[..30];
        var (level, trend) = (y[0], 0.0);
        EtsKernel.Run(new EtsShape(Form.Additive, false, false, Form.None, 1), y, new Smoothing(0.6, 0, 0, 1), ref level, ref trend, [0], default);
        var state = ThetaKernel.Start(y[0]);
        ThetaKernel.Run(y, 0.6, 1, ref state, default);
        ThetaKernel.Next(state, 0.6, 1).ShouldBe(level, 1e-9);
    }

    [Fact]
    public void The_line_that_is_fitted_anew_is_that_of_least_squares_through_all_so_far()
    {
        var y = Known.Airline[..50];
        var (moving, whole) = (ThetaKernel.Start(y[0]), ThetaKernel.Start(y[0], y));
        ThetaKernel.Run(y, 0.3, 2, ref moving, default);
        moving.Slope.ShouldBe(whole.Slope, 1e-9);
        moving.Mean.ShouldBe(y.Average(), 1e-9);
        moving.Intercept.ShouldBe(whole.Intercept, 1e-9);
    }

    [Fact]
    public void The_variance_is_that_of_drawn_paths()
    {
        var y = Known.Airline[..36];
        var state = ThetaKernel.Start(y[0]);
        ThetaKernel.Run(y, 0.5, 3, ref state, default);
        var (means, squares, fourths) = (new double[6], new double[6], new double[6]);
        ThetaKernel.Means(state, 0.5, 3, means);
        ThetaKernel.Weights(state, 0.5, 3, means, squares, fourths);
        var sums = new double[6];
        var noise = Known.Noise(6 * 20_000, 8);
        for (var path = 0; path < 20_000; path++)
        {
            var on = state;
            for (var step = 0; step < 6; step++)
            {
                var value = ThetaKernel.Next(on, 0.5, 3) + noise[(path * 6) + step];
                sums[step] += (value - means[step]) * (value - means[step]) / 20_000;
                ThetaKernel.Observe(ref on, 0.5, value);
            }
        }
        for (var step = 0; step < 6; step++)
            sums[step].ShouldBe(squares[step], 0.05 * squares[step]);
    }

    [Fact]
    public void The_airline_series_goes_on_as_it_did()
    {
        var fitted = new Theta().Fit(Known.History(Known.Airline[..132], 12))!;
        fitted.Model.ShouldContain("seasonal");
        var said = fitted.Forecast(12);
        said.ShouldBeADistribution();
        Enumerable.Range(0, 12).Average(step => Math.Abs(said.Mean[step] - Known.Airline[132 + step]) / Known.Airline[132 + step]).ShouldBeLessThan(0.06);
        fitted.Over(Known.History(Known.Airline[..132], 12))!.Forecast(12).Quantiles.ShouldBe(said.Quantiles);
    }

    [Fact]
    public void Short_histories_and_constants_are_met()
    {
        new Theta().Fit(Known.History([1, 2, 3, 4])).ShouldBeNull();
        new Theta().Fit(Known.History([3, 3, 3, 3, 3, 3]))!.Forecast(4).ShouldBeADistribution();
        new Theta().Fit(Known.History([0, 2, 0, 0, 1, 0, 4], 2))!.Forecast(9).ShouldBeADistribution();
    }
}
