using EPM.Forecast.Engine.Learning;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Tests.Learning;

public sealed class PooledRegressionTests
{
    private const int Days = 140;
    private const int Ahead = 14;
    private const double Lift = 3;

    [Fact]
    public void A_product_that_saw_one_promotion_day_borrows_the_lift_of_the_others()
    {
        var fleet = Enumerable.Range(0, 12).Select(i => Product(i, promotions: i == 0 ? 1 : 30)).ToArray();
        LiftOf(Fit(fleet)[0]!).ShouldBe(Lift, 0.6);
        // By itself one day among much noise says little.
        Math.Abs(LiftOf(Fit([fleet[0]])[0]!) - Lift).ShouldBeGreaterThan(Math.Abs(LiftOf(Fit(fleet)[0]!) - Lift));
    }

    [Fact]
    public void A_promotion_that_is_planned_raises_the_day_and_its_share_is_told()
    {
        var fitted = (RegressionFitted)Fit([.. Enumerable.Range(0, 12).Select(i => Product(i, 30))])[3]!;
        var with = fitted.Forecast(Ahead).Mean;
        var without = fitted.MeanWithout(Ahead, new HashSet<Effect> { Effect.Promotion });
        (with[Ahead - 1] / without[Ahead - 1]).ShouldBe(Lift, 0.5);
        with[0].ShouldBe(without[0], 1e-9);
    }

    [Fact]
    public void A_closed_day_sells_nothing()
    {
        var open = Enumerable.Range(0, Days + Ahead).Select(day => day % 7 == 6 ? 0.0 : 1).ToArray();
        var values = Enumerable.Range(0, Days).Select(day => open[day] * (20 + (day % 3))).ToArray();
        var promotion = Enumerable.Range(0, Days + Ahead).Select(day => day % 5 == 0 ? 1.0 : 0).ToArray();
        var history = new History(values, 7, [new KnownColumn("open", Effect.Opening, open), new KnownColumn("promotion", Effect.Promotion, promotion)]);
        var mean = Fit([history])[0]!.Forecast(Ahead).Mean;
        for (var step = 0; step < Ahead; step++)
        {
            if (open[Days + step] == 0)
                mean[step].ShouldBe(0);
            else
                mean[step].ShouldBeGreaterThan(15);
        }
    }

    [Fact]
    public void A_column_that_only_drifts_is_left_to_the_level()
    {
        var index = Enumerable.Range(0, Days + Ahead).Select(day => 100 + (day * 0.05)).ToArray();
        var design = new Design(new History(Product(1, 20).Values, 7, [new KnownColumn("index", Effect.Other, index)]));
        design.HeedsKnown.ShouldBeFalse();
    }

    private static double LiftOf(IFitted fitted)
    {
        var (with, without) = (fitted.Forecast(Ahead).Mean, ((IExplained)fitted).MeanWithout(Ahead, new HashSet<Effect> { Effect.Promotion }));
        return with[Ahead - 1] / without[Ahead - 1];
    }

    private static IFitted?[] Fit(History[] fleet) =>
        new PooledRegression().Fit(fleet, [.. fleet.Select(_ => Ahead)], new IFitted?[fleet.Length], 1, CancellationToken.None);

    // Promotions are spread evenly; the last day of the horizon has one.
    private static History Product(int seed, int promotions)
    {
        var dice = new Random(seed);
        var flags = new double[Days + Ahead];
        for (var k = 0; k < promotions; k++)
            flags[(k * Days / promotions) + 3] = 1;
        flags[^1] = 1;
        var values = Enumerable.Range(0, Days).Select(day => 40 * (flags[day] > 0 ? Lift : 1) * Math.Exp(0.5 * (dice.NextDouble() - 0.5)) * (day % 7 == 5 ? 1.5 : 1)).ToArray();
        return new History(values, 7, [new KnownColumn("promotion", Effect.Promotion, flags)]);
    }
}
