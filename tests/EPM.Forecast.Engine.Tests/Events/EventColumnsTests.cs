using EPM.Forecast.Engine.Events;

namespace EPM.Forecast.Engine.Tests.Events;

public sealed class EventColumnsTests
{
    private static readonly DateOnly First = new(2024, 1, 1);

    [Fact]
    public void A_feast_is_a_ramp_before_its_days_and_a_slope_after()
    {
        var feast = new Occurrence("tabaski", First.AddDays(10), First.AddDays(11), Lead: 4, Lag: 2);
        var set = EventColumns.Of([feast], First, history: 20, horizon: 5);
        set.Columns.Select(column => column.Name).ShouldBe(["tabaski", "tabaski:before", "tabaski:after"]);
        set.Columns.ShouldAllBe(column => column.Effect == Effect.Event && column.Values.Length == 25);
        Of(set, "tabaski")[9..13].ShouldBe([0, 1, 1, 0]);
        Of(set, "tabaski:before")[5..11].ShouldBe([0, 0.25, 0.5, 0.75, 1, 0]);
        Of(set, "tabaski:after")[11..15].ShouldBe([0, 1, 0.5, 0]);
    }

    [Fact]
    public void What_the_history_has_no_example_of_is_dropped_and_named()
    {
        var set = EventColumns.Of([new Occurrence("magal", First.AddDays(21), First.AddDays(21), Lead: 3)], First, history: 20, horizon: 5);
        set.Columns.Select(column => column.Name).ShouldBe(["magal:before"]);
        set.Dropped.ShouldBe([new DroppedColumn("magal", "magal")]);
        EventColumns.Of([new Occurrence("magal", First.AddDays(400), First.AddDays(400))], First, 20, 5).Dropped.ShouldBeEmpty("it lies beyond the horizon: nothing is missed");
    }

    [Fact]
    public void Moved_by_a_day_every_column_moves_by_a_day()
    {
        Occurrence[] feasts = [new("korite", First.AddDays(30), First.AddDays(31), 7, 3), new("korite", First.AddDays(80), First.AddDays(81), 7, 3)];
        var before = EventColumns.Of(feasts, First, 100, 10);
        var after = EventColumns.Of([.. feasts.Select(o => o with { From = o.From.AddDays(1), To = o.To.AddDays(1) })], First, 100, 10);
        before.Columns.Count.ShouldBe(4, "two examples tell the eve from the ramp");
        for (var i = 0; i < before.Columns.Count; i++)
            after.Columns[i].Values.ToArray()[1..].ShouldBe(before.Columns[i].Values.ToArray()[..^1]);
    }

    [Fact]
    public void A_month_of_fasting_has_a_course()
    {
        Occurrence[] ramadans = [new("ramadan", First.AddDays(70), First.AddDays(99)), new("ramadan", First.AddDays(425), First.AddDays(453))];
        var course = Of(EventColumns.Of(ramadans, First, 500, 30), "ramadan:course");
        course[70].ShouldBe(0);
        course[99].ShouldBe(1);
        course[85].ShouldBe(15 / 29.0, 1e-12);
    }

    [Fact]
    public void Of_many_paydays_every_day_of_the_window_speaks_for_itself()
    {
        var paydays = Paydays.Between(First, First.AddDays(399));
        paydays.Count.ShouldBe(14);
        paydays[2].From.ShouldBe(new DateOnly(2024, 2, 29));
        paydays[3].From.ShouldBe(new DateOnly(2024, 3, 29), "31 March 2024 is a Sunday");
        var set = EventColumns.Of(paydays, First, 370, 30);
        set.Columns.Select(column => column.Name).ShouldBe(["payday", "payday:before-1", "payday:after-1", "payday:after-2", "payday:after-3", "payday:after-4"]);
        Of(set, "payday:after-4")[(int)(new DateOnly(2024, 3, 4).DayNumber - First.DayNumber)].ShouldBe(1);
        Of(set, "payday:after-4")[(int)(new DateOnly(2024, 3, 5).DayNumber - First.DayNumber)].ShouldBe(1, "days four and five share a column");
    }

    [Theory]
    [InlineData(Cadence.Week, 3, 2 / 7.0)]
    [InlineData(Cadence.Month, 0, 7 / 31.0)]
    public void Longer_steps_hold_the_share_of_their_days(Cadence cadence, int step, double share)
    {
        // 26 and 27 January 2024, felt from the 23rd; 1 January is a Monday, so week 3 is 22 to 28.
        var feast = new Occurrence("feast", new DateOnly(2024, 1, 26), new DateOnly(2024, 1, 27), Lead: 3, Lag: 2);
        Of(EventColumns.Of([feast], First, 10, 2, cadence), "feast")[step].ShouldBe(share, 1e-12);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Should.Throw<ArgumentException>(() => EventColumns.Of([new Occurrence("x", First, First.AddDays(-1))], First, 5, 5)).Message.ShouldContain("2024-01-01");
        Should.Throw<ArgumentException>(() => EventColumns.Of([], First, 5, 5, Cadence.Step));
        Should.Throw<ArgumentOutOfRangeException>(() => Paydays.Between(First, First, day: 32));
    }

    private static double[] Of(EventSet set, string name) => set.Columns.Single(column => column.Name == name).Values.ToArray();
}
