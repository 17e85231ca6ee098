using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class CesTests
{
    [Fact]
    public void With_an_imaginary_part_of_one_it_is_simple_smoothing()
    {
        var y = Known.Airline[..30];
        var (level, trend, simple) = (110.0, 0.0, new double[30]);
        EtsKernel.Run(new EtsShape(Form.Additive, false, false, Form.None, 1), y, new Smoothing(0.4, 0, 0, 1), ref level, ref trend, [0], simple);
        var (l, c, errors) = (110.0, 57.0, new double[30]);
        CesKernel.Run(y, 1.4, 1, ref l, ref c, errors);
        for (var t = 0; t < 30; t++)
            errors[t].ShouldBe(y[t] - simple[t], 1e-9);
        l.ShouldBe(level, 1e-9);
    }

    [Fact]
    public void Two_steps_are_what_one_computes_by_hand()
    {
        // l = 10, c = 4, α = 1.2 + 0.9i. First error 2: l = 10 − 0.1·4 + 0.3·2 = 10.2, c = 10 − 0.2·4 + 2.1·2 = 13.4; second error 0.8.
        var (l, c, errors) = (10.0, 4.0, new double[2]);
        CesKernel.Run([12, 11], 1.2, 0.9, ref l, ref c, errors).ShouldBe(4.64, 1e-12);
        errors[1].ShouldBe(0.8, 1e-12);
        l.ShouldBe(10.2 - 1.34 + 0.24, 1e-12);
        c.ShouldBe(10.2 - (0.2 * 13.4) + (2.1 * 0.8), 1e-12);
    }

    [Theory]
    [InlineData(1.3, 1)]
    [InlineData(1.1, 0.95)]
    [InlineData(2.5, 1)]
    [InlineData(1.9, 1.4)]
    public void It_forgets_exactly_where_the_same_errors_from_other_beginnings_come_together(double real, double imaginary)
    {
        var y = new double[4000];
        var (l, c) = (1.0, 1.0);
        CesKernel.Run(y, real, imaginary, ref l, ref c, default);
        (Math.Abs(l) + Math.Abs(imaginary == 1 ? 0 : c) < 1e-6).ShouldBe(CesKernel.Forgets(real, imaginary));
    }

    [Fact]
    public void The_airline_series_goes_on_as_it_did()
    {
        var history = Known.History(Known.Airline[..132], 12);
        var fitted = new Ces().Fit(history)!;
        var said = fitted.Forecast(12);
        said.ShouldBeADistribution();
        Enumerable.Range(0, 12).Average(step => Math.Abs(said.Mean[step] - Known.Airline[132 + step]) / Known.Airline[132 + step]).ShouldBeLessThan(0.08);
        fitted.Over(history)!.Forecast(12).Quantiles.ShouldBe(said.Quantiles);
        new Ces().Fit(Known.History([1, 2, 3])).ShouldBeNull();
        new Ces().Fit(Known.History([.. Enumerable.Repeat(3.0, 20)]))!.Forecast(9).ShouldBeADistribution();
    }
}
