using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class EtsKernelTests
{
    private static readonly Smoothing By = new(0.4, 0.1, 0.2, 0.9);

    public static TheoryData<int, bool, bool, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, bool, bool, int>();
            foreach (var error in new[] { 1, 2 })
            {
                foreach (var season in new[] { 0, 1, 2 })
                {
                    shapes.Add(error, false, false, season);
                    shapes.Add(error, true, false, season);
                    shapes.Add(error, true, true, season);
                }
            }
            return shapes;
        }
    }

    [Fact]
    public void Simple_smoothing_of_three_values_is_what_one_computes_by_hand()
    {
        var (level, trend) = (1.0, 0.0);
        var means = new double[3];
        var squares = EtsKernel.Run(Shape(1, false, false, 0), [1, 2, 3], new Smoothing(0.5, 0, 0, 1), ref level, ref trend, [0], means);
        means.ShouldBe([1, 1, 1.5]);
        squares.ShouldBe(3.25);
        level.ShouldBe(2.25);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_likelihood_is_that_of_the_textbooks_recursion_step_by_step(int error, bool trended, bool damped, int season)
    {
        var shape = Shape(error, trended, damped, season);
        var y = Series();
        var (l, b, s, squares, logs) = (20.0, trended ? 0.3 : 0, Season(shape), 0.0, 0.0);
        for (var t = 0; t < y.Length; t++)
        {
            // Hyndman and others 2008, table 2.2 and 2.3, in their error form.
            var fade = trended ? By.Phi * b : 0;
            var place = t % shape.Period;
            var mean = season switch { 1 => l + fade + s[place], 2 => (l + fade) * s[place], _ => l + fade };
            var miss = y[t] - mean;
            squares += error == 2 ? miss / mean * (miss / mean) : miss * miss;
            logs += error == 2 ? Math.Log(mean) : 0;
            var before = l + fade;
            l = before + (By.Alpha * miss / (season == 2 ? s[place] : 1));
            b = trended ? fade + (By.Beta * miss / (season == 2 ? s[place] : 1)) : 0;
            s[place] += season == 0 ? 0 : By.Gamma * miss / (season == 2 ? before : 1);
        }
        var (level, trend) = (20.0, trended ? 0.3 : 0);
        var sum = EtsKernel.Run(shape, y, By, ref level, ref trend, Season(shape), default);
        (y.Length * Math.Log(sum)).ShouldBe((y.Length * Math.Log(squares)) + (2 * logs), 1e-8);
        level.ShouldBe(l, 1e-9);
        trend.ShouldBe(b, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_derivatives_are_those_of_small_differences(int error, bool trended, bool damped, int season)
    {
        var shape = Shape(error, trended, damped, season);
        double[] at = [By.Alpha, By.Beta, By.Gamma, By.Phi, 20, 0.3];
        var (gram, slope) = (new double[36], new double[6]);
        var value = EtsSlopes.Run(shape, Series(), By, 20, 0.3, Season(shape), new double[shape.Period * EtsSlopes.Count], gram, slope);
        value.ShouldBe(Value(shape, at), 1e-9 * value);
        for (var i = 0; i < 6; i++)
        {
            var step = 1e-6 * Math.Max(1, Math.Abs(at[i]));
            double[] below = [.. at], above = [.. at];
            below[i] -= step;
            above[i] += step;
            (2 * slope[i]).ShouldBe((Value(shape, above) - Value(shape, below)) / (2 * step), 1e-4 * (1 + Math.Abs(slope[i])));
            gram[(i * 6) + i].ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 1)]
    [InlineData(true, true, 1)]
    public void Where_all_adds_the_variance_is_what_single_errors_do_to_later_steps(bool trended, bool damped, int season)
    {
        var shape = Shape(1, trended, damped, season);
        var (squares, fourths) = (new double[9], new double[9]);
        var by = By with { Phi = damped ? 0.9 : 1 };
        EtsPaths.Weights(shape, by, squares, fourths);
        for (var step = 0; step < 9; step++)
        {
            var sum = 1.0;
            for (var back = 1; back <= step; back++)
            {
                // One error of 1 after which nothing is missed any more.
                var (level, trend, s, means) = (0.0, 0.0, new double[shape.Period], new double[back]);
                EtsKernel.Run(shape, [1], by, ref level, ref trend, s, default);
                EtsKernel.Means(shape, by.Phi, level, trend, s, 1 % shape.Period, means);
                sum += means[^1] * means[^1];
            }
            squares[step].ShouldBe(sum, 1e-10);
        }
    }

    private static EtsShape Shape(int error, bool trended, bool damped, int season) => new((Form)error, trended, damped, (Form)season, season == 0 ? 1 : 4);

    private static double[] Season(EtsShape shape) => shape.Season switch { Form.Additive => [1, -2, 3, -2], Form.Multiplicative => [1.1, 0.9, 1.2, 0.8], _ => [0] };

    private static double[] Series() => [.. Known.Noise(25, 5).Select((e, t) => 20 + (0.4 * t) + (t % 4 * 1.5) + e)];

    private static double Value(EtsShape shape, double[] at)
    {
        var (level, trend) = (at[4], at[5]);
        return EtsKernel.Run(shape, Series(), new Smoothing(at[0], at[1], at[2], at[3]), ref level, ref trend, Season(shape), default);
    }
}
