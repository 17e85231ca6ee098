using EPM.Forecast.Engine.Starts;
using EPM.Forecast.Engine.Tests.Corrections;
using EPM.Forecast.Engine.Tests.Paths;

namespace EPM.Forecast.Engine.Tests.Starts;

public sealed class NewProductsTests
{
    private static readonly Prediction Leader = Simulated.Normals(14, mean: 50, deviation: 8);

    [Fact]
    public void Without_a_day_of_history_a_product_sells_like_the_other_times_the_multiplier()
    {
        var started = NewProducts.Like(Leader, [], [], multiplier: 0.4);
        started.Prediction.Mean.ShouldAllBe(mean => Math.Abs(mean - 20) < 1e-9);
        (started.Ratio, started.Told, started.Own).ShouldBe((0.4, 0, 0));
        // 0.4² × 8² of the other, 0.24 × 50 by chance, (0.4 × 20)² for not knowing: a deviation of 9.3.
        (started.Prediction[0, 10] - started.Prediction[0, 2]).ShouldBe(2.5631 * Math.Sqrt(10.24 + 12 + 64), 3);
        started.Prediction[0, 0].ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void What_it_sells_itself_takes_over_day_by_day()
    {
        var other = Shop.Days(1, 50, days: 120);
        var own = Shop.Days(2, 30, days: 120);
        var ratios = new[] { 0, 3, 7, 14, 28, 56 }.Select(days => NewProducts.Like(Leader, own.AsSpan(0, days), other.AsSpan(0, days), multiplier: 0.2)).ToArray();
        ratios.Select(started => started.Ratio).ShouldBeInOrder(SortDirection.Ascending);
        ratios.Select(started => started.Told).ShouldBeInOrder(SortDirection.Ascending);
        ratios[^1].Ratio.ShouldBe(0.6, 0.12);
        ratios.Select(started => (started.Prediction[0, 10] - started.Prediction[0, 2]) / started.Prediction.Mean[0]).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void The_own_forecast_comes_in_smoothly_and_stands_alone_in_the_end()
    {
        var own = Simulated.Normals(14, mean: 35, deviation: 5);
        var (history, other) = (Shop.Days(2, 30, days: 120), Shop.Days(1, 50, days: 120));
        var weights = Enumerable.Range(0, 100).Select(days => NewProducts.Like(Leader, history.AsSpan(0, days), other.AsSpan(0, days), 0.6, own)).ToArray();
        weights[14].Own.ShouldBe(0);
        weights[49].Own.ShouldBe(0.5, 1e-9);
        weights[84].Own.ShouldBe(1);
        weights[84].Prediction.Mean.ShouldBe(own.Mean);
        weights.Zip(weights.Skip(1), (a, b) => b.Own - a.Own).ShouldAllBe(change => change >= 0 && change < 0.025);
        weights[49].Prediction.Mean[0].ShouldBeInRange(30, 35);
        for (var level = 1; level < Prediction.Levels.Count; level++)
            weights[40].Prediction[3, level].ShouldBeGreaterThanOrEqualTo(weights[40].Prediction[3, level - 1]);
    }

    [Fact]
    public void A_share_of_a_category_is_mostly_chance()
    {
        var started = NewProducts.ShareOf(Simulated.Normals(14, mean: 1000, deviation: 60), [], [], share: 0.002);
        (started.Kind, started.Prediction.Mean[0]).ShouldBe((StartKind.ShareOfCategory, 2));
        started.Prediction.Quantiles.ShouldAllBe(value => value == Math.Floor(value));
        started.Prediction[0, 2].ShouldBe(0);
        started.Prediction[0, 10].ShouldBeInRange(4, 6);
    }

    [Fact]
    public void Beginnings_like_a_known_product_are_covered()
    {
        // Products whose ratio to the other scatters as is supposed, seen for ten days.
        var (inside, all) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var ratio = 0.5 * Math.Exp(0.4 * Kernels.Normal.Quantile((seed + 0.5) / 200));
            var (other, own) = (Shop.Days(seed, 20, days: 28), Shop.Days(seed + 1000, 20 * ratio, days: 28));
            var said = Prediction.Empty(14);
            for (var step = 0; step < 14; step++)
            {
                var week = new[] { 0.8, 0.8, 0.9, 1, 1.2, 1.5, 0.8 }[step % 7] * 20;
                said.Mean[step] = week;
                for (var level = 0; level < Prediction.Levels.Count; level++)
                    said[step, level] = week + (Math.Sqrt(week) * Kernels.Normal.Quantile(Prediction.Levels[level]));
            }
            var started = NewProducts.Like(said, own.AsSpan(0, 14), other.AsSpan(0, 14), 0.5).Prediction;
            for (var step = 0; step < 14; step++, all++)
                inside += own[14 + step] >= started[step, 2] && own[14 + step] <= started[step, 10] ? 1 : 0;
        }
        ((double)inside / all).ShouldBeInRange(0.8, 0.92, "counts cannot be cut at 80 % exactly: the ends count as inside");
    }

    [Fact]
    public void The_usual_share_is_the_middle_products() =>
        NewProducts.UsualShare([0, 10, 20, 70]).ShouldBe(0.2, 1e-12);

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Should.Throw<ArgumentException>(() => NewProducts.Like(Leader, [1.0], []));
        Should.Throw<ArgumentException>(() => NewProducts.Like(Leader, [], [], multiplier: 0));
        Should.Throw<ArgumentException>(() => NewProducts.Like(Leader, [], [], 1, Simulated.Normals(3)));
        NewProducts.UsualShare([]).ShouldBe(0);
    }
}
