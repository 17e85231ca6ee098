using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class CountsTests
{
    [Fact]
    public void Croston_is_size_over_gap_and_without_bias_a_little_less()
    {
        double[] y = [0, 3, 0, 0, 6, 0];
        var means = new double[7];
        Intermittent.Croston(y, 0.5, unbiased: false, means);
        // Size 3 and gap 2, then size 4.5 and gap 2.5.
        means.ShouldBe([0, 0, 1.5, 1.5, 1.5, 1.8, 1.8]);
        Intermittent.Croston(y, 0.5, unbiased: true, means);
        means[6].ShouldBe(1.35, 1e-12);
    }

    [Fact]
    public void A_probability_fades_when_nothing_comes_and_a_size_does_not()
    {
        var means = new double[3];
        Intermittent.Fading([2, 0], 0.5, 0.5, 4, 0.5, means);
        means.ShouldBe([2, 0.75 * 3, 0.375 * 3]);
        double[] ended = [.. Enumerable.Range(0, 60).Select(t => t < 30 ? t % 2 : 0.0)];
        var (fading, croston) = (new double[61], new double[61]);
        Intermittent.Fading(ended, 0.1, 0.1, 1, 0.5, fading);
        Intermittent.Croston(ended, 0.1, unbiased: true, croston);
        fading[60].ShouldBeLessThan(0.05);
        croston[60].ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void A_level_without_days_of_the_week_is_simple_smoothing()
    {
        double[] y = [4, 0, 7, 2, 0, 0, 5];
        var (means, plain, level, trend) = (new double[8], new double[7], 3.0, 0.0);
        Intermittent.Level(y, [1], 0.3, 3, means);
        EtsKernel.Run(new EtsShape(Form.Additive, false, false, Form.None, 1), y, new Smoothing(0.3, 0, 0, 1), ref level, ref trend, [0], plain);
        for (var t = 0; t < 7; t++)
            means[t].ShouldBe(plain[t], 1e-12);
        means[7].ShouldBe(level, 1e-12);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.4, 0.3)]
    [InlineData(20, 0)]
    public void Probabilities_of_counts_are_those_of_the_formula_and_sum_to_one(double size, double zeros)
    {
        const double Mean = 2.5;
        var (constants, table) = (new double[400], new double[400]);
        NegativeBinomial.Constants(size, constants);
        NegativeBinomial.Add(Mean, size, zeros, 1, table);
        table.Sum().ShouldBe(1, 1e-6);
        Enumerable.Range(0, 400).Sum(count => count * table[count]).ShouldBe(Mean, 1e-3);
        for (var count = 0; count < 20; count++)
            Math.Exp(NegativeBinomial.Log(count, Mean, size, zeros, constants[count])).ShouldBe(table[count], 1e-6);
        if (size == 1 && zeros == 0)
            table[3].ShouldBe(1 / 3.5 * Math.Pow(2.5 / 3.5, 3), 1e-12);
    }

    [Fact]
    public void Quantiles_are_whole_and_those_of_what_made_the_series()
    {
        var (y, truth) = (Drawn(600, 2.0, 0.7, 1), new double[200]);
        NegativeBinomial.Add(2.0, 0.7, 0, 1, truth);
        var said = new Counts().Fit(Known.History(y))!.Forecast(3);
        said.ShouldBeADistribution();
        said.Quantiles.ShouldAllBe(value => value == Math.Round(value));
        said.Mean[0].ShouldBe(2, 0.7);
        foreach (var level in new[] { 6, 8, 10 })
        {
            var (sum, count) = (0.0, -1);
            while (sum < Prediction.Levels[level])
                sum += truth[++count];
            said[0, level].ShouldBe(count, 1 + (0.4 * count));
        }
    }

    [Fact]
    public void A_closed_day_of_the_week_stays_closed_and_a_strong_one_strong()
    {
        var plain = Drawn(280, 3, 5, 2);
        double[] y = [.. plain.Select((count, day) => day % 7 == 6 ? 0 : day % 7 == 5 ? 3 * count : count)];
        var said = new Counts().Fit(Known.History(y, 7))!.Forecast(14);
        said[6, 10].ShouldBe(0);
        said[13, 12].ShouldBeLessThanOrEqualTo(1);
        said.Mean[5].ShouldBeGreaterThan(1.8 * said.Mean[1]);
    }

    [Fact]
    public void Weeks_without_a_season_get_no_factors_worth_the_name()
    {
        var (factors, off) = (new double[7], 0.0);
        for (var seed = 0; seed < 10; seed++)
        {
            var y = Drawn(280, 3, 1, seed);
            Intermittent.Factors(y, y.Average(), factors);
            off += factors.Average(factor => Math.Abs(factor - 1)) / 10;
        }
        off.ShouldBeLessThan(0.06);
    }

    [Fact]
    public void Over_more_of_the_history_the_mean_has_moved_on_and_over_the_same_it_has_not()
    {
        double[] y = [.. Drawn(100, 1, 1, 3), .. Drawn(60, 6, 2, 4)];
        foreach (var method in new[] { new Counts(), Counts.Croston(), Counts.Unbiased(), Counts.Fading() })
        {
            var fitted = method.Fit(Known.History(y[..100], 7))!;
            fitted.Over(Known.History(y[..100], 7))!.Forecast(9).Quantiles.ShouldBe(fitted.Forecast(9).Quantiles);
            fitted.Over(Known.History(y, 7))!.Forecast(9).Mean[3].ShouldBeGreaterThan(2 * fitted.Forecast(9).Mean[3]);
        }
    }

    [Fact]
    public void What_is_not_counted_or_was_never_sold_is_refused()
    {
        new Counts().Fit(Known.History([1.5, 2.25, 0, 3.1, 4.7, 0, 1.1, 2.2, 3.3])).ShouldBeNull();
        new Counts().Fit(Known.History(new double[40])).ShouldBeNull();
        new Counts().Fit(Known.History([.. Enumerable.Repeat(5000.0, 40)])).ShouldBeNull();
        new Counts().Fit(Known.History([0, 0, 1, -1, 0, 0, 2, 0, 0, 0]))!.Forecast(5).ShouldBeADistribution();
    }

    /// <summary>Counts drawn through the table of their probabilities.</summary>
    private static double[] Drawn(int count, double mean, double size, int seed)
    {
        var (table, dice) = (new double[2000], new Random(seed));
        NegativeBinomial.Add(mean, size, 0, 1, table);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (left, value) = (dice.NextDouble(), 0);
            while (value < table.Length - 1 && (left -= table[value]) > 0)
                value++;
            return (double)value;
        })];
    }
}
