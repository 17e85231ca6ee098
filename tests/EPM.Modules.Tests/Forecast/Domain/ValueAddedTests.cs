using EPM.Forecast.Domain;

namespace EPM.Modules.Tests.Forecast.Domain;

public sealed class ValueAddedTests
{
    private static readonly Guid Awa = new("0194a000-0000-7000-8000-000000000001");
    private static readonly Guid Modou = new("0194a000-0000-7000-8000-000000000002");

    [Fact]
    public void A_doubled_forecast_is_worth_less_than_nothing_and_a_right_one_more()
    {
        var days = Enumerable.Range(1, 20).SelectMany(day => new[]
        {
            new PastDay(1, day % 3, 10 + day, 5, 9 + day, 2 * (9 + day), Awa),
            new PastDay(2, day % 3, 10 + day, 5, 9 + day, 10 + day, Modou),
        }).ToArray();
        var persons = ValueAdded.Of(days).ByPersons();
        persons.Select(row => row.Key).ShouldBe([Awa, Modou]);
        persons[0].Gain.ShouldNotBeNull().ShouldBeLessThan(0);
        (persons[0].Better, persons[0].Worse).ShouldBe((0, 3));
        persons[1].Gain.ShouldNotBeNull().ShouldBeGreaterThan(0);
        (persons[1].Better, persons[1].Worse).ShouldBe((3, 0));
        persons[1].Wape.ShouldBe(0);
    }

    [Fact]
    public void The_stairs_go_from_naive_over_statistical_to_overridden_and_their_gains_add_up()
    {
        PastDay[] days = [new(1, 1, 10, 4, 8, 8, null), new(1, 2, 10, 14, 9, 10, Awa), new(2, 1, 0, 2, 0, 0, null)];
        var steps = ValueAdded.Of(days).BySteps();
        steps.Select(step => step.Key).ShouldBe(["naive", "statistical", "overridden"]);
        steps.Select(step => step.Wape).ShouldBe([12 / 20.0, 3 / 20.0, 2 / 20.0]);
        steps[0].Gain.ShouldBeNull();
        (steps[1].Gain + steps[2].Gain).ShouldNotBeNull().ShouldBe(10 / 20.0, 1e-12);
        (steps[1].Better, steps[1].Worse, steps[2].Better, steps[2].Worse).ShouldBe((3, 0, 1, 0));
        steps.ShouldAllBe(step => step.Cells == 3);
    }

    [Fact]
    public void Whoever_overrode_nothing_is_not_in_the_list_and_nothing_past_is_no_stairs()
    {
        ValueAdded.Of([new PastDay(1, 1, 10, 4, 8, 8, null)]).ByPersons().ShouldBeEmpty();
        new ValueAdded().BySteps().ShouldBeEmpty();
    }

    [Fact]
    public void Days_without_sales_make_no_wape_but_still_a_worse_cell()
    {
        var row = ValueAdded.Of([new PastDay(1, 1, 0, 0, 1, 2, Awa)]).ByPersons().ShouldHaveSingleItem();
        (row.Wape, row.Gain, row.Better, row.Worse).ShouldBe((null, null, 0, 1));
    }
}
