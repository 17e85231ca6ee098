using EPM.Stores.Calendar;
using EPM.Stores.Contracts;

namespace EPM.Modules.Tests.Stores;

/// <summary>When feasts fall, against almanacs.</summary>
public sealed class FeastRulesTests
{
    [Theory]
    [InlineData(2024, "2024-04-10", "2024-06-16")]
    [InlineData(2025, "2025-03-30", "2025-06-06")]
    [InlineData(2026, "2026-03-20", "2026-05-27")]
    [InlineData(2027, "2027-03-09", "2027-05-16")]
    public void The_feasts_of_the_moon_fall_on_Meccas_dates_where_no_day_is_added(int year, string korite, string tabaski)
    {
        First("SA", "korite", year).ShouldBe(Day(korite));
        First("SA", "tabaski", year).ShouldBe(Day(tabaski));
        First("SN", "korite", year).ShouldBe(Day(korite).AddDays(1));
        First("CI", "tabaski", year).ShouldBe(Day(tabaski).AddDays(1));
    }

    [Theory]
    [InlineData("magal", "2024-08-23")]
    [InlineData("magal", "2025-08-13")]
    [InlineData("tamkharit", "2024-07-17")]
    [InlineData("maouloud", "2024-09-16")]
    public void Senegal_keeps_its_own_feasts_when_it_kept_them(string code, string day) => First("SN", code, Day(day).Year).ShouldBe(Day(day));

    [Theory]
    [InlineData(1961, "1961-04-02")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2038, "2038-04-25")]
    public void Easter_and_what_follows_it_fall_where_almanacs_have_them(int year, string easter)
    {
        First("FR", "easter", year).ShouldBe(Day(easter));
        First("FR", "easter-monday", year).ShouldBe(Day(easter).AddDays(1));
        First("FR", "ascension", year).DayOfWeek.ShouldBe(DayOfWeek.Thursday);
        First("FR", "pentecost", year).ShouldBe(Day(easter).AddDays(50));
    }

    [Theory]
    [InlineData(2024, "2024-11-29")]
    [InlineData(2025, "2025-11-28")]
    [InlineData(2028, "2028-11-24")]
    public void Black_Friday_follows_the_fourth_Thursday(int year, string day) => First("FR", "black-friday", year).ShouldBe(Day(day));

    [Fact]
    public void A_feast_that_falls_twice_in_a_civil_year_is_proposed_twice()
    {
        // Ramadan of 1451 and of 1452 both begin in 2030.
        Proposals("SA", 2030).Where(one => one.Code == "ramadan-start").Select(one => one.From).ShouldBe([Day("2030-01-05"), Day("2030-12-26")]);
        Enumerable.Range(1990, 80).Sum(year => Proposals("SA", year).Count(one => one.Code == "tabaski")).ShouldBeInRange(82, 83);
    }

    [Fact]
    public void Ramadan_lasts_to_the_day_before_Korite()
    {
        foreach (var year in Enumerable.Range(2015, 14))
        {
            var month = Proposals("SN", year).First(one => one.Code == "ramadan");
            month.To.AddDays(1).ShouldBe(First("SN", "korite", month.To.AddDays(1).Year));
            (month.To.DayNumber - month.From.DayNumber + 1).ShouldBeInRange(29, 30);
        }
    }

    [Theory]
    [InlineData("SN", "2026-04-04")]
    [InlineData("CI", "2026-08-07")]
    [InlineData("CM", "2026-05-20")]
    [InlineData("FR", "2026-07-14")]
    public void Every_country_keeps_its_national_day(string country, string day) => First(country, "national-day", 2026).ShouldBe(Day(day));

    [Fact]
    public void Every_country_of_both_unions_has_its_national_day()
    {
        foreach (var country in "BF BJ CI GW ML NE SN TG CF CG CM GA GQ TD".Split(' '))
            Proposals(country, 2026).Count(one => one.Code == "national-day").ShouldBe(1, country);
    }

    [Fact]
    public void Paydays_span_the_turn_of_each_month_and_school_begins_when_the_country_says()
    {
        var paydays = Proposals("SN", 2026).Where(one => one.Code == "payday").ToArray();
        paydays.Length.ShouldBe(12);
        paydays[1].From.ShouldBe(Day("2026-02-25"));
        paydays[1].To.ShouldBe(Day("2026-03-05"));
        First("SN", "back-to-school", 2026).ShouldNotBe(First("CI", "back-to-school", 2026));
    }

    [Fact]
    public void What_depends_on_the_crescent_or_on_a_decree_is_proposed_and_the_rest_is_certain() =>
        Proposals("SN", 2026).Where(one => one.State == EventState.Proposed).Select(one => one.Code).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["back-to-school", "korite", "magal", "maouloud", "ramadan", "ramadan-start", "tabaski", "tamkharit"]);

    [Fact]
    public void Keys_are_read_as_they_are_written()
    {
        foreach (var proposal in Calendar("SN", "FR").Proposals(2026))
        {
            FeastKey.TryRead(proposal.Occurrence.Id, out var key).ShouldBeTrue();
            key.ShouldBe(proposal.Key);
        }
        foreach (var other in new[] { "", "tabaski", "tabaski.SN", "tabaski.SN.2026", "a.b.c.d", "tabaski.SN.20261301" })
            FeastKey.TryRead(other, out _).ShouldBeFalse(other);
    }

    private static DateOnly First(string country, string code, int year) => Proposals(country, year).First(one => one.Code == code).From;

    private static IEnumerable<EventOccurrence> Proposals(string country, int year) => Calendar(country).Proposals(year).Select(proposal => proposal.Occurrence);

    private static ChainCalendar Calendar(params string[] countries) => new(countries, [], []);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O");
}
