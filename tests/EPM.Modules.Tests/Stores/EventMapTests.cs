using EPM.Stores.Calendar;
using EPM.Stores.Contracts;

namespace EPM.Modules.Tests.Stores;

public sealed class EventMapTests
{
    private static readonly DateOnly Base = new(2026, 5, 27);

    [Fact]
    public void A_country_feels_what_is_its_own_with_the_days_before_and_after()
    {
        var map = Map([]);
        var eve = new DateOnly(2026, 5, 18);
        Codes(map.Of("SN", eve, eve)).ShouldBe(["tabaski"]);
        Codes(map.Of("SN", eve.AddDays(-1), eve.AddDays(-1))).ShouldBeEmpty();
        Codes(map.Of("SN", new DateOnly(2026, 8, 2), new DateOnly(2026, 8, 2))).ShouldContain("magal");
        Codes(map.Of("CI", new DateOnly(2026, 8, 2), new DateOnly(2026, 8, 2))).ShouldNotContain("magal");
        Codes(map.Of("SN", new DateOnly(2026, 12, 31), new DateOnly(2026, 12, 31))).ShouldBe(["payday", "new-year"]);
        var tabaski = map.Of("SN", eve, eve).Single();
        new[] { -3, 0, 2 }.Select(days => tabaski.DaysFrom(tabaski.From.AddDays(days))).ShouldBe([-3, 0, 2]);
    }

    [Fact]
    public void A_feast_that_was_moved_is_known_by_what_it_was_proposed_for()
    {
        var moved = Tabaski(Map([On("tabaski", Base, Decision.Moved, Base.AddDays(2))]));
        (moved.From, moved.Proposed, moved.State).ShouldBe((Base.AddDays(2), Base.AddDays(1), EventState.Moved));
        Tabaski(Map([On("tabaski", Base, Decision.Confirmed, Base.AddDays(1))])).State.ShouldBe(EventState.Confirmed);
        Map([On("tabaski", Base, Decision.Dismissed, Base)]).Between(Base, Base.AddDays(5)).ShouldNotContain(one => one.Code == "tabaski" && one.Country == "SN");
    }

    [Fact]
    public void Ramadan_follows_its_first_day_and_Korite()
    {
        var (first, korite) = (new DateOnly(2026, 2, 18), new DateOnly(2026, 3, 20));
        var map = Map([On("ramadan-start", first, Decision.Moved, first), On("korite", korite, Decision.Moved, korite.AddDays(2))]);
        var month = map.Between(first, korite).Single(one => one is { Code: "ramadan", Country: "SN" });
        (month.From, month.To, month.State).ShouldBe((first, korite.AddDays(1), EventState.Moved));
        map.Between(first, korite).Single(one => one is { Code: "ramadan", Country: "CI" }).State.ShouldBe(EventState.Proposed);
    }

    [Fact]
    public void A_feast_moved_over_the_end_of_a_year_is_told_once()
    {
        var newYear = new DateOnly(2027, 1, 1);
        var map = Map([new Decision { Code = "new-year", Country = "", BaseDay = newYear, State = Decision.Moved, FromDay = newYear.AddDays(-1), ToDay = newYear.AddDays(-1), LeadDays = 4, LagDays = 1 }]);
        map.Between(new DateOnly(2026, 12, 20), new DateOnly(2027, 1, 20)).Count(one => one.Code == "new-year").ShouldBe(1);
    }

    [Fact]
    public void An_event_of_single_stores_is_felt_by_them_alone()
    {
        var fair = new OwnEvent();
        fair.Change("fair", new EventDetails("Foire", "SN", new DateOnly(2026, 9, 8), new DateOnly(2026, 9, 10), 0, 1), [7]);
        var (map, day) = (new EventMap(1, new ChainCalendar(["SN"], [], [fair]).BeginningIn), new DateOnly(2026, 9, 11));
        Codes(map.Of("SN", day, day)).ShouldBeEmpty();
        Codes(map.Of(Store(7), day, day)).ShouldBe(["fair"]);
        Codes(map.Of(Store(8), day, day)).ShouldBeEmpty();
        Codes(map.Between(fair.ToDay, fair.ToDay)).ShouldBe(["fair"]);
    }

    private static EventOccurrence Tabaski(EventMap map) => map.Between(Base.AddDays(-5), Base.AddDays(5)).Single(one => one is { Code: "tabaski", Country: "SN" });

    private static EventMap Map(Decision[] decisions) => new(1, new ChainCalendar(["SN", "CI"], decisions, []).BeginningIn);

    private static Decision On(string code, DateOnly day, string state, DateOnly kept) =>
        new() { Code = code, Country = "SN", BaseDay = day, State = state, FromDay = kept, ToDay = kept, LeadDays = 10, LagDays = 3 };

    private static IEnumerable<string> Codes(IEnumerable<EventOccurrence> occurrences) => occurrences.Select(one => one.Code);

    private static StoreSummary Store(int number) =>
        new(number, "M" + number, "M", "nord", "Nord", "SN", "XOF", "Africa/Dakar", new DateOnly(2020, 1, 1), null, null);
}
