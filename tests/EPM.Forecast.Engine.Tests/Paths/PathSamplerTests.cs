using EPM.Forecast.Engine.Paths;

namespace EPM.Forecast.Engine.Tests.Paths;

public sealed class PathSamplerTests
{
    private const int Horizon = 14;
    private static readonly Dependence Some = new(new Part(0.1, 0.3, 0.5), new Part(0.1, 0.2, 0.4), new Part(0.8, 0.1, 0.3));

    [Fact]
    public void The_quantiles_of_a_series_come_back()
    {
        var said = Simulated.Normals(Horizon);
        var sum = new PathSum(Horizon, 4096);
        new PathSampler(Some, Horizon, 4096).AddTo(sum, "a", "s", said);
        var drawn = sum.ToPrediction();
        for (var step = 0; step < Horizon; step++)
        {
            drawn.Mean[step].ShouldBe(100, 1e-9);
            for (var level = 1; level < Prediction.Levels.Count - 1; level++)
                drawn[step, level].ShouldBe(said[step, level], 1.5);
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(1.4)]
    public void Counts_with_many_zeros_keep_their_mean(double mean)
    {
        var said = Simulated.Poisson(Horizon, mean);
        var paths = Draw(("a", "s", said));
        Enumerable.Range(0, Horizon).Average(step => paths.At(step).ToArray().Average()).ShouldBe(mean, 0.01 + (0.03 * mean));
        paths.At(0).ToArray().Min().ShouldBe(0);
    }

    [Fact]
    public void Paths_of_the_parts_sum_to_those_of_the_whole_in_any_order()
    {
        var series = Enumerable.Range(0, 40).Select(i => ($"p{i}", $"s{i % 4}", Simulated.Normals(Horizon, 3.3 + i, 1.7))).ToArray();
        var whole = Draw([.. series.Reverse()]);
        var parts = new PathSum(Horizon);
        foreach (var store in series.GroupBy(entry => entry.Item2))
            parts.Add(Draw([.. store]));
        for (var step = 0; step < Horizon; step++)
        {
            parts.At(step).SequenceEqual(whole.At(step)).ShouldBeTrue();
            parts.Means[step].ShouldBe(whole.Means[step]);
        }
        Draw(series[0]).At(0).SequenceEqual(Draw(series[1]).At(0)).ShouldBeFalse();
    }

    [Fact]
    public void Several_sums_at_once_are_the_same_as_one_after_the_other()
    {
        var (first, second) = (new PathSum(Horizon), new PathSum(Horizon));
        new PathSampler(Some, Horizon).AddTo([first, second], "a", "s", Simulated.Normals(Horizon), weight: 2.5);
        var alone = new PathSum(Horizon);
        new PathSampler(Some, Horizon).AddTo(alone, "a", "s", Simulated.Normals(Horizon), weight: 2.5);
        first.At(3).SequenceEqual(alone.At(3)).ShouldBeTrue();
        second.At(3).SequenceEqual(alone.At(3)).ShouldBeTrue();
        alone.Over().Mean.ShouldBe(2.5 * 100 * Horizon, 0.01);
    }

    [Fact]
    public void Without_dependence_a_sum_is_as_narrow_as_the_square_root_says()
    {
        var sampler = new PathSampler(Dependence.None, Horizon, 1024);
        var sum = new PathSum(Horizon, 1024);
        for (var i = 0; i < 50; i++)
            sampler.AddTo(sum, $"p{i}", "s", Simulated.Normals(Horizon));
        var total = sum.Over();
        var deviation = 20 * Math.Sqrt(50 * Horizon);
        total.P90.ShouldBe(total.Mean + (1.2816 * deviation), 0.12 * deviation);
        total.P10.ShouldBe(total.Mean - (1.2816 * deviation), 0.12 * deviation);
        total.ChanceOf(total.Mean).ShouldBe(0.5, 0.05);
        total.ChanceOf(total.Mean + deviation).ShouldBe(0.159, 0.035);
        total.ChanceOf(total.Mean * 2).ShouldBeInRange(1e-9, 0.01);
        total.ChanceOf(0).ShouldBeInRange(0.99, 1 - 1e-9);
    }

    [Fact]
    public void A_closed_day_stays_at_nothing()
    {
        var said = Simulated.Normals(Horizon);
        said.Quantiles.AsSpan(0, Prediction.Levels.Count).Clear();
        said.Mean[0] = 0;
        var sum = Draw(("a", "s", said));
        sum.At(0).ToArray().ShouldAllBe(value => value == 0);
        sum.Over(0, 1).ChanceOf(1).ShouldBe(0);
        sum.Over(0, 1).ChanceOf(0).ShouldBe(1);
    }

    [Fact]
    public void Leading_days_that_are_past_are_skipped()
    {
        var said = Simulated.Normals(Horizon + 3);
        for (var step = 0; step < 3; step++)
            said.Mean[step] = 1e6;
        var sum = new PathSum(Horizon);
        new PathSampler(Some, Horizon).AddTo(sum, "a", "s", said, skip: 3);
        sum.Over().Mean.ShouldBe(100 * Horizon, 0.01);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Should.Throw<ArgumentException>(() => new PathSampler(Some with { Own = new Part(0.5, 0, 0) }, Horizon)).Message.ShouldContain("sum to 1");
        Should.Throw<ArgumentOutOfRangeException>(() => new PathSampler(Some, Horizon, paths: 200));
        Should.Throw<ArgumentException>(() => new PathSampler(Some, Horizon).AddTo(new PathSum(Horizon - 1), "a", "s", Simulated.Normals(Horizon)));
        Should.Throw<ArgumentException>(() => new PathSampler(Some, Horizon).AddTo(new PathSum(Horizon), "a", "s", Simulated.Normals(Horizon - 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new PathSum(Horizon).Over(Horizon - 1, 2));
    }

    private static PathSum Draw(params (string Id, string Store, Prediction Said)[] series)
    {
        var sampler = new PathSampler(Some, Horizon);
        var sum = new PathSum(Horizon);
        foreach (var (id, store, said) in series)
            sampler.AddTo(sum, id, store, said);
        return sum;
    }
}
