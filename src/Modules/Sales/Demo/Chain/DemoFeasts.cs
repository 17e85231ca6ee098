using EPM.Stores.Contracts;

namespace EPM.Sales.Demo;

/// <summary>
/// When the chain kept what its sales are made to follow: its own calendar tells the same, so that what is learnt from the past is found
/// again. What is still to come waits there for somebody's word, as everywhere.
/// </summary>
internal static class DemoFeasts
{
    private static readonly string[] Countries = ["SN", "CI"];

    public static IReadOnlyCollection<KeptFeast> Kept(DemoPlan plan)
    {
        var (from, to) = (plan.Start, plan.End);
        var kept = new List<KeptFeast>();
        foreach (var country in Countries)
        {
            kept.AddRange(Days("ramadan-start", country, Festivals.Ramadan(from, to)));
            kept.AddRange(Days("korite", country, Festivals.Korite(from, to)));
            kept.AddRange(Days("tabaski", country, Festivals.Tabaski(from, to)));
            kept.AddRange(Enumerable.Range(from.Year, to.Year - from.Year + 1).Select(year => School(country, year)));
        }
        kept.AddRange(Days("magal", "SN", Festivals.Magal(from, to)));
        return [.. kept.Where(feast => feast.To <= to)];
    }

    private static IEnumerable<KeptFeast> Days(string code, string country, IEnumerable<DateOnly> days) => days.Select(day => new KeptFeast(code, country, day, day));

    private static KeptFeast School(string country, int year)
    {
        var (from, to) = DemoCalendar.SchoolSeason(year);
        return new KeptFeast("back-to-school", country, from, to);
    }
}
