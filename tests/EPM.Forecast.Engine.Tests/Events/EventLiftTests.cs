using EPM.Forecast.Engine.Events;
using EPM.Forecast.Engine.Methods;
using EPM.Forecast.Engine.Tests.Corrections;

namespace EPM.Forecast.Engine.Tests.Events;

public sealed class EventLiftTests
{
    private const int Days = 1100, Horizon = 30;
    private static readonly int[] Feasts = [150, 504, 858, 1110];

    [Theory]
    [InlineData(200, 1.75, 2.1)]
    [InlineData(20, 1.6, 2.2)]
    [InlineData(0.3, 1.0, 1.9)]
    public void What_three_examples_say_is_believed_as_far_as_their_sales_carry(double rate, double least, double most)
    {
        var lifts = Enumerable.Range(0, 20).Select(seed => EventLift.Of(Doubled(seed, rate))![1110]).ToArray();
        lifts.Average().ShouldBeInRange(least, most);
    }

    [Fact]
    public void Where_an_event_moves_nothing_nothing_is_moved()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var history = Doubled(seed, 20) with { Values = Shop.Days(seed, 20, days: Days) };
            var lift = EventLift.Of(history).ShouldNotBeNull();
            lift.ShouldAllBe(factor => factor > 0.7 && factor < 1.4);
            lift[500].ShouldBe(1, "no event, no factor");
        }
    }

    [Fact]
    public void Without_events_or_examples_of_them_there_is_nothing_to_say()
    {
        EventLift.Of(Doubled(1, 20) with { Known = [] }).ShouldBeNull();
        EventLift.Of(Doubled(1, 20).Before(Days - 100)).ShouldBeNull("the first feast is on day 150");
        EventLift.Of(Doubled(1, 20) with { Values = Enumerable.Repeat(-1.0, Days).ToArray() }).ShouldBeNull("factors are for what is not negative");
    }

    [Fact]
    public void A_method_that_knows_nothing_of_events_heeds_them()
    {
        var history = Doubled(3, 50);
        var plain = new Empirical("usual", 30, 0.25);
        var fitted = new HeedingEvents(plain).Fit(history).ShouldBeAssignableTo<IExplained>()!;
        var (with, without) = (fitted.Forecast(Horizon), plain.Fit(history)!.Forecast(Horizon));
        (with.Mean[10] / with.Mean[3]).ShouldBe(2, 0.35, "day 1110 is ten days ahead, of the same weekday as the third");
        (without.Mean[10] / without.Mean[3]).ShouldBe(1, 0.05);
        with.Mean[5].ShouldBe(without.Mean[5], 0.03 * without.Mean[5]);
        fitted.MeanWithout(Horizon, new HashSet<Effect> { Effect.Event })[10].ShouldBe(with.Mean[3], 0.1 * with.Mean[3]);
        fitted.Over(history.Before(60))!.Forecast(Horizon).Mean.ShouldAllBe(mean => mean > 30 && mean < 90);
    }

    [Fact]
    public void What_a_feast_did_after_the_models_were_chosen_is_heeded_too()
    {
        var history = Doubled(3, 50);
        var young = new HeedingEvents(new Empirical("usual", 30, 0.25)).Fit(history.Before(Days - 140)).ShouldNotBeNull();
        young.Forecast(Horizon).Mean[10].ShouldBeInRange(30, 70, "day 150 is ten days ahead and the first of its kind");
        var grown = young.Over(history)!.Forecast(Horizon);
        (grown.Mean[10] / grown.Mean[3]).ShouldBe(2, 0.35);
    }

    [Fact]
    public void Origins_of_one_history_know_only_what_was_before_them()
    {
        var history = Doubled(3, 50);
        history.Lifts.Of(history).ShouldBe(EventLift.Of(history));
        history.Before(300).Lifts.Of(history.Before(300)).ShouldBe(EventLift.Of(history.Before(300)));
        history.Before(Days - 100).Lifts.Of(history.Before(Days - 100)).ShouldBeNull();
        var other = Doubled(4, 50);
        history.Lifts.Of(other).ShouldBe(EventLift.Of(other), "another history is not taken for this one");
    }

    [Fact]
    public void Without_events_a_method_says_what_it_said()
    {
        var history = Doubled(3, 50) with { Known = [] };
        new HeedingEvents(new Ets()).Fit(history)!.Forecast(Horizon).Quantiles.ShouldBe(new Ets().Fit(history)!.Forecast(Horizon).Quantiles);
    }

    [Fact]
    public void Pieces_stay_pieces_so_that_methods_for_counts_still_speak() =>
        new HeedingEvents(new Counts()).Fit(Doubled(3, 0.5)).ShouldNotBeNull();

    // Sales double on the feast.
    private static History Doubled(int seed, double rate)
    {
        var (values, more) = (Shop.Days(seed, rate, days: Days), Shop.Days(seed + 500, rate, days: Days));
        var column = new double[Days + Horizon];
        foreach (var day in Feasts)
        {
            column[day] = 1;
            if (day < Days)
                values[day] += more[day];
        }
        return new History(values, 7, [new KnownColumn("feast", Effect.Event, column)]);
    }
}
