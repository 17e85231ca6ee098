using System.Globalization;
using EPM.Forecast.Engine;

namespace EPM.Forecast.CommandLine;

/// <summary>What <c>ds</c> says: dates at a cadence, or whole numbers; each is a step on one axis for the whole file.</summary>
internal sealed class Moments
{
    private readonly bool _dated;

    private Moments(bool dated, Cadence cadence) => (_dated, Cadence) = (dated, cadence);

    public Cadence Cadence { get; }

    /// <returns>A date as its day number, a whole number as itself; null for anything else.</returns>
    public static long? Parse(string text, out bool dated)
    {
        dated = DateOnly.TryParseExact(text.Length > 10 && text[10] is ' ' or 'T' ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        return dated ? date.DayNumber : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <param name="gaps">How many days lie between neighbours, and how often.</param>
    public static Moments Of(bool dated, IReadOnlyDictionary<long, int> gaps)
    {
        if (!dated || gaps.Count == 0)
            return new Moments(dated, dated ? Cadence.Day : Cadence.Step);
        var most = gaps.OrderByDescending(gap => gap.Value).ThenBy(gap => gap.Key).First().Key;
        var cadence = most switch { 7 => Cadence.Week, >= 28 and <= 31 => Cadence.Month, >= 89 and <= 93 => Cadence.Quarter, >= 365 and <= 366 => Cadence.Year, _ => Cadence.Day };
        return new Moments(dated, cadence);
    }

    /// <returns>The step that a moment falls into.</returns>
    public long Step(long moment)
    {
        if (!_dated || Cadence == Cadence.Day)
            return moment;
        if (Cadence == Cadence.Week)
            return (moment + 1) / 7;
        var date = DateOnly.FromDayNumber((int)moment);
        return Cadence switch { Cadence.Month => (date.Year * 12) + date.Month - 1, Cadence.Quarter => (date.Year * 4) + ((date.Month - 1) / 3), _ => date.Year };
    }

    public DateOnly First(long moment) => _dated ? DateOnly.FromDayNumber((int)moment) : default;
}
