using EPM.Forecast.Engine.Corrections;

namespace EPM.Forecast.Engine.Tests.Corrections;

public sealed class LostDemandTests
{
    [Fact]
    public void Days_out_of_stock_are_filled_with_what_is_ordinary_for_them()
    {
        var truth = Shop.Days(5, 25);
        double[] values = [.. truth];
        var stock = Enumerable.Repeat(1.0, values.Length).ToArray();
        foreach (var t in Enumerable.Range(410, 7))
            (values[t], stock[t]) = (0, 0);
        var corrected = LostDemand.Correct(Shop.Series(values), stock);
        corrected.Steps.Select(step => step.Step).ShouldBe(Enumerable.Range(410, 7));
        corrected.Steps.ShouldAllBe(step => !step.Inferred && !step.Capped && step.Was == 0);
        corrected.Values[410..417].Sum().ShouldBe(25 * 7, 18);
        corrected.Values[415].ShouldBeGreaterThan(corrected.Values[412], "what is added follows the week");
        corrected.Values[..410].ShouldBe(values[..410]);
    }

    [Fact]
    public void A_run_that_cannot_be_chance_is_filled_when_nothing_is_known_of_the_stock()
    {
        var values = Shop.Days(5, 3);
        values.AsSpan(400, 10).Clear();
        var corrected = LostDemand.Correct(Shop.Series(values));
        corrected.Steps.Count.ShouldBeInRange(10, 13);
        corrected.Steps.ShouldAllBe(step => step.Inferred);
        corrected.Values[400..410].Sum().ShouldBe(30, 8);
        LostDemand.Correct(Shop.Series(values), rules: new LostDemandRules(Infer: false)).Steps.ShouldBeEmpty();
        LostDemand.Correct(Shop.Series(values), Enumerable.Repeat(1.0, values.Length).ToArray()).Steps.ShouldBeEmpty("it was there, and nobody wanted it");
    }

    [Fact]
    public void Slow_sellers_without_sales_for_weeks_are_left_alone()
    {
        for (var seed = 0; seed < 50; seed++)
            LostDemand.Correct(Shop.Series(Shop.Days(seed, 0.1, 0.8))).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void No_more_is_added_than_the_share_of_the_period()
    {
        var values = Shop.Days(5, 25);
        var stock = Enumerable.Repeat(1.0, values.Length).ToArray();
        // The last 28 days but four.
        foreach (var t in Enumerable.Range(702, 24))
            (values[t], stock[t]) = (0, 0);
        var corrected = LostDemand.Correct(Shop.Series(values), stock);
        corrected.Steps.Count.ShouldBe(24);
        corrected.Steps.ShouldAllBe(step => step.Capped);
        corrected.Steps.Sum(step => step.Now - step.Was).ShouldBe(0.5 * 28 * 25, 60);
        LostDemand.Correct(Shop.Series(values), stock, new LostDemandRules(MostAdded: 1)).Steps.ShouldAllBe(step => !step.Capped);
        LostDemand.Correct(Shop.Series(values), stock, new LostDemandRules(MostAdded: 0)).Values.Sum().ShouldBe(values.Sum(), 1e-9);
    }

    [Fact]
    public void What_was_sold_in_part_of_a_day_counts()
    {
        var values = Shop.Days(5, 100);
        var stock = Enumerable.Repeat(1.0, values.Length).ToArray();
        (values[410], stock[410]) = (30, 0.5);
        (values[420], stock[420]) = (400, 0.5);
        var corrected = LostDemand.Correct(Shop.Series(values), stock);
        corrected.Values[410].ShouldBe(30 + 60, 8, "half of an ordinary 120");
        corrected.Values[420].ShouldBe(400, "more than ordinary was sold before it ran out");
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var series = Shop.Series(Shop.Days(1, 3));
        Should.Throw<ArgumentException>(() => LostDemand.Correct(series, new double[3]));
        Should.Throw<ArgumentException>(() => LostDemand.Correct(series, Enumerable.Repeat(1.5, 730).ToArray())).Message.ShouldContain("step 0");
        Should.Throw<ArgumentException>(() => LostDemand.Correct(series, rules: new LostDemandRules(Period: 0)));
    }
}
