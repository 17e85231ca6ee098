using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class ArimaTests
{
    [Fact]
    public void Partial_autocorrelations_become_the_coefficients_of_the_textbook()
    {
        var coefficients = new double[2];
        ArimaKernel.Stationary([0.5, -0.3], coefficients);
        coefficients.ShouldBe([0.5 * 1.3, -0.3]);
    }

    [Fact]
    public void A_plain_and_a_seasonal_polynomial_are_multiplied_out()
    {
        var (lags, terms) = (new int[8], new double[8]);
        // (1 − 0.5 B)(1 − 0.2 B⁴) = 1 − 0.5 B − 0.2 B⁴ + 0.1 B⁵
        ArimaKernel.Multiply([0.5], [0.2], 4, lags, terms).ShouldBe(3);
        lags.AsSpan(0, 3).ToArray().ShouldBe([1, 4, 5]);
        terms.AsSpan(0, 3).ToArray().ShouldBe([0.5, 0.2, -0.1]);
    }

    [Fact]
    public void A_moving_average_of_differences_is_simple_smoothing()
    {
        const double Alpha = 0.35;
        var y = Known.Wandering(80, Alpha, 7);
        var model = ArimaFit.At(y, new ArimaOrder(0, 1, 1, 0, 0, 0, 1, Constant: false), [1 - Alpha], 0);
        var (level, trend, squares) = (y[0], 0.0, new double[5]);
        EtsKernel.Run(new EtsShape(Form.Additive, false, false, Form.None, 1), y, new Smoothing(Alpha, 0, 0, 1), ref level, ref trend, [0], default);
        EtsPaths.Weights(new EtsShape(Form.Additive, false, false, Form.None, 1), new Smoothing(Alpha, 0, 0, 1), squares, new double[5]);
        var said = model.Forecast(5);
        for (var step = 0; step < 5; step++)
        {
            said.Mean[step].ShouldBe(level, 1e-9);
            var ratio = (said[step, 12] - said[step, 0]) / (said[0, 12] - said[0, 0]);
            ratio.ShouldBe(Math.Sqrt(squares[step]), 0.1);
        }
    }

    [Fact]
    public void The_airline_model_has_the_parameters_of_the_book()
    {
        // Box and Jenkins's (0,1,1)(0,1,1) of the logarithms: θ = 0.40, Θ = 0.56 (R 4, arima: −0.4018, −0.5569; standard errors 0.09, 0.07).
        double[] w = [.. Known.Airline.Select(value => Math.Log(value))];
        var left = ArimaKernel.Difference(w.AsSpan(0, ArimaKernel.Difference(w, 12)), 1);
        var found = ArimaFit.Of(w.AsSpan(0, left), new ArimaOrder(0, 1, 1, 0, 1, 1, 12, Constant: false), new double[18 * left])!.Value;
        left.ShouldBe(131);
        found.Partial[0].ShouldBe(0.4018, 0.05);
        found.Partial[1].ShouldBe(0.5569, 0.05);
    }

    [Theory]
    [InlineData(0.7, 0)]
    [InlineData(0, 0.5)]
    [InlineData(-0.4, 0.3)]
    public void Parameters_that_made_a_series_are_found_again(double phi, double theta)
    {
        var noise = Known.Noise(3000, 11);
        var w = new double[3000];
        for (var t = 1; t < 3000; t++)
            w[t] = (phi * w[t - 1]) + noise[t] - (theta * noise[t - 1]);
        var found = ArimaFit.Of(w, new ArimaOrder(phi == 0 ? 0 : 1, 0, theta == 0 ? 0 : 1, 0, 0, 0, 1, Constant: true), new double[18 * 3000])!.Value;
        if (phi != 0)
            found.Partial[0].ShouldBe(phi, 0.06);
        if (theta != 0)
            found.Partial[^1].ShouldBe(theta, 0.06);
    }

    [Fact]
    public void An_autoregression_falls_back_to_its_mean_and_its_variance_to_that_of_the_series()
    {
        var model = ArimaFit.At([.. Enumerable.Repeat(100.0, 50), 110], new ArimaOrder(1, 0, 0, 0, 0, 0, 1, Constant: true), [0.5], 100);
        var said = model.Forecast(30);
        said.Mean[0].ShouldBe(105, 1e-9);
        said.Mean[2].ShouldBe(101.25, 1e-9);
        said.Mean[29].ShouldBe(100, 1e-6);
    }

    [Fact]
    public void A_random_walk_is_not_stationary_and_noise_is()
    {
        var (walks, noises) = (0, 0);
        for (var seed = 0; seed < 40; seed++)
        {
            var noise = Known.Noise(150, seed);
            noises += ArimaKernel.Kpss(noise) > 0.463 ? 1 : 0;
            for (var t = 1; t < noise.Length; t++)
                noise[t] += noise[t - 1];
            walks += ArimaKernel.Kpss(noise) > 0.463 ? 1 : 0;
        }
        noises.ShouldBeLessThan(7);
        walks.ShouldBeGreaterThan(32);
    }

    [Fact]
    public void The_airline_series_goes_on_as_it_did()
    {
        var history = Known.History(Known.Airline[..132], 12);
        var fitted = new Arima().Fit(history)!;
        fitted.Model.ShouldStartWith("ARIMA(");
        fitted.Model.ShouldContain("[12]");
        var said = fitted.Forecast(12);
        said.ShouldBeADistribution();
        Enumerable.Range(0, 12).Average(step => Math.Abs(said.Mean[step] - Known.Airline[132 + step]) / Known.Airline[132 + step]).ShouldBeLessThan(0.06);
        fitted.Over(history)!.Forecast(12).Quantiles.ShouldBe(said.Quantiles);
        fitted.Over(Known.History(Known.Airline, 12))!.Forecast(12).ShouldBeADistribution();
    }

    [Fact]
    public void Short_constant_and_intermittent_series_are_met_or_refused()
    {
        new Arima().Fit(Known.History([1, 2, 3, 4, 5])).ShouldBeNull();
        new Arima().Fit(Known.History([0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 3])).ShouldBeNull();
        new Arima().Fit(Known.History([.. Enumerable.Repeat(4.0, 30)]))?.Forecast(5).ShouldBeADistribution();
        new Arima().Fit(Known.History([.. Known.Noise(400, 3)], 366))!.Forecast(400).ShouldBeADistribution();
    }
}
