using EPM.Forecast.Engine.Paths;

namespace EPM.Forecast.Engine.Tests.Paths;

public sealed class DependenceTests
{
    private static readonly Dependence Truth = new(new Part(0.1, 0.4, 0.5), new Part(0.2, 0.2, 0.6), new Part(0.7, 0.15, 0.3));

    [Fact]
    public void What_was_simulated_is_estimated()
    {
        var estimate = Dependence.Estimate(new Simulated(Truth, stores: 20, products: 20, seed: 5).Backtests(origins: 60, horizon: 30));
        Near(estimate.Whole, Truth.Whole, 0.05, 0.25);
        Near(estimate.Store, Truth.Store, 0.04, 0.1);
        Near(estimate.Own, Truth.Own, 0.06, 0.06);
    }

    [Fact]
    public void Sums_of_days_products_and_stores_are_covered_as_promised()
    {
        const int Horizon = 30;
        var chain = new Simulated(Truth, stores: 5, products: 10, seed: 11);
        var estimate = Dependence.Estimate(chain.Backtests(origins: 40, Horizon));
        var (within, single, store) = (Sum(estimate), Sum(estimate, stores: 1, products: 1), Sum(estimate, stores: 1));
        var naive = Sum(Dependence.None);
        var hits = new double[4];
        const int Trials = 1500;
        for (var i = 0; i < Trials; i++)
        {
            var came = chain.Come(Horizon);
            var (all, first, cell) = (came.Sum(s => s.Sum(p => p.Sum())), came[0].Sum(p => p.Sum()), came[0][0].Sum());
            hits[0] += Inside(within, all) / Trials;
            hits[1] += Inside(store, first) / Trials;
            hits[2] += Inside(single, cell) / Trials;
            hits[3] += Inside(naive, all) / Trials;
        }
        hits[0].ShouldBeInRange(0.7, 0.9);
        hits[1].ShouldBeInRange(0.74, 0.87);
        hits[2].ShouldBeInRange(0.75, 0.85);
        hits[3].ShouldBeLessThan(0.35, "adding as if nothing hung together promises far too much");
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(3)]
    public void Counts_tell_as_much_as_what_is_behind_them(double mean)
    {
        var truth = new Dependence(new Part(0.1, 0.5, 0.2), new Part(0.1, 0.2, 0.4), new Part(0.8, 0.25, 0.2));
        var said = Simulated.Poisson(30, mean);
        var cells = new Simulated(truth, stores: 10, products: 15, seed: 9).Backtests(origins: 40, horizon: 30)
            .Select(cell => cell with { Trials = [.. cell.Trials.Select(trial => trial with { Said = said, Came = [.. trial.Came.Select(y => Simulated.Count(mean, Scores.Probability((y - 100) / 20)))] })] });
        var estimate = Dependence.Estimate([.. cells]);
        Near(estimate.Whole, truth.Whole, 0.05, 0.3);
        Near(estimate.Store, truth.Store, 0.04, 0.15);
        Near(estimate.Own, truth.Own, 0.06, 0.08);
    }

    [Fact]
    public void Few_origins_say_little_about_the_whole()
    {
        var calm = new Dependence(new Part(0, 0, 0), new Part(0, 0, 0), new Part(1, 0, 0));
        var estimate = Dependence.Estimate(new Simulated(calm, stores: 3, products: 5, seed: 3).Backtests(origins: 2, horizon: 14));
        estimate.Whole.Weight.ShouldBeInRange(0.005, 0.05);
        (estimate.Whole.Weight + estimate.Store.Weight + estimate.Own.Weight).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Backtests_of_which_less_has_come_still_belong_to_the_same_days()
    {
        var cells = new Simulated(Truth, stores: 6, products: 10, seed: 7).Backtests(origins: 40, horizon: 30);
        var whole = Dependence.Estimate(cells);
        var cut = Dependence.Estimate([.. cells.Select((cell, i) => i % 2 == 0 ? cell : cell with { Trials = [.. cell.Trials.Select(trial => trial with { Came = trial.Came[..(20 + (i % 10))] })] })]);
        cut.Whole.Weight.ShouldBe(whole.Whole.Weight, 0.02);
        cut.Store.Weight.ShouldBe(whole.Store.Weight, 0.02);
        Dependence.Estimate([new Cell("s1", [new Trial(1, [], Prediction.Empty(0), [])])]).ShouldBe(Dependence.Supposed);
    }

    [Fact]
    public void Without_backtests_a_little_of_everything_is_supposed() =>
        Dependence.Estimate([new Cell("s1", [])]).ShouldBe(Dependence.Supposed);

    private static Total Sum(Dependence dependence, int stores = 5, int products = 10)
    {
        var sampler = new PathSampler(dependence, 30, 1024);
        var sum = new PathSum(30, 1024);
        var said = Simulated.Normals(30);
        for (var store = 0; store < stores; store++)
        {
            for (var product = 0; product < products; product++)
                sampler.AddTo(sum, $"{store}/{product}", $"s{store}", said);
        }
        return sum.Over();
    }

    private static double Inside(Total total, double came) => came >= total.P10 && came <= total.P90 ? 1 : 0;

    private static void Near(Part estimate, Part truth, double weight, double shape)
    {
        estimate.Weight.ShouldBe(truth.Weight, weight);
        estimate.Steady.ShouldBe(truth.Steady, shape);
        estimate.Persistence.ShouldBe(truth.Persistence, shape * 1.5);
    }
}
