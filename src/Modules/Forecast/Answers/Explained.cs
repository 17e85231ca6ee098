using EPM.Forecast.Engine;
using EPM.Forecast.Stored;
using EPM.Forecast.Sums;

namespace EPM.Forecast.Answers;

/// <summary>Says why a forecast is what it is: parts that add up to it, and one sentence of the largest of them.</summary>
internal sealed class Explained(Words words)
{
    private const double Nothing = 5e-4;
    private const double WorthSaying = 0.01;
    private const int MostSaid = 3;

    // In the order of the stretches that are kept.
    private static readonly string[] Kinds = ["level", "trend", "season", "event", "price", "promotion", "other"];

    public ExplanationView Of(CellSum sum, DateOnly from, IReadOnlyList<DayView> days)
    {
        var horizon = sum.Statistical.Length;
        var events = Names(days);
        var parts = new List<PartView>();
        for (var kind = 0; kind < Kinds.Length; kind++)
            Add(parts, Kinds[kind], sum.Parts.AsSpan(kind * horizon, horizon), events);
        Add(parts, "override", Array.ConvertAll([.. Enumerable.Range(0, horizon)], day => sum.Prediction.Mean[day] - sum.Statistical[day]), events);
        return new ExplanationView(Sentence(sum, from, horizon, parts), parts);
    }

    public ExplanationView None() => new(words.Say("forecast.sentence.none"), []);

    private void Add(List<PartView> parts, string kind, ReadOnlySpan<double> values, string events)
    {
        var total = 0.0;
        var some = kind == Kinds[0];
        foreach (var value in values)
        {
            total += value;
            some |= Math.Abs(value) > Nothing;
        }
        if (some)
            parts.Add(new PartView(kind, kind == "event" && events.Length > 0 ? events : words.Say("forecast.part." + kind), Rounded.Of(total), Array.ConvertAll(values.ToArray(), Rounded.Of)));
    }

    private string Sentence(CellSum sum, DateOnly from, int horizon, List<PartView> parts)
    {
        var total = sum.Prediction.Mean.Sum();
        var told = parts.Where(part => part.Kind != Kinds[0] && Math.Abs(part.Total) >= WorthSaying * Math.Max(total, parts[0].Total))
            .OrderByDescending(part => Math.Abs(part.Total)).Take(MostSaid)
            .Select(part => $", {words.Signed(part.Total)} {words.Say("forecast.because." + part.Kind, Args(("events", part.Label)))}");
        return words.Say("forecast.sentence", Args(
            ("total", words.Units(total)), ("from", words.Day(from)), ("to", words.Day(from.AddDays(horizon - 1))), ("level", words.Units(parts[0].Total)),
            ("parts", string.Concat(told)), ("low", words.Units(sum.Total.P10)), ("high", words.Units(sum.Total.P90))));
    }

    // The feasts themselves first, then those whose eve or morrow is in sight.
    private static string Names(IReadOnlyList<DayView> days) => string.Join(", ",
        days.SelectMany(day => day.Events).GroupBy(one => one.Name, StringComparer.Ordinal).OrderBy(one => one.Min(at => Math.Abs(at.Day))).ThenBy(one => one.Key, StringComparer.Ordinal)
            .Take(2).Select(one => one.Key));

    private static Dictionary<string, object> Args(params (string Name, object Value)[] args) => args.ToDictionary(arg => arg.Name, arg => arg.Value, StringComparer.Ordinal);
}
