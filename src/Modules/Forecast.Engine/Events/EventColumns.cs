namespace EPM.Forecast.Engine.Events;

/// <summary>
/// Turns occurrences into columns: the days themselves, a ramp that rises to the eve, a slope that falls after. Feasts come once a year, so a
/// window's days share one shape while few examples are known; each day speaks for itself where there are many (paydays). Where a feast
/// falls is the caller's: moved by a day, everything moves by a day.
/// </summary>
public static class EventColumns
{
    private const int Few = 2, Many = 6, LongDays = 10;

    /// <param name="occurrences">Past and coming; several of one code are one event.</param>
    /// <param name="first">The first step's first day.</param>
    /// <param name="history">Steps of the past.</param>
    /// <param name="horizon">Steps to come.</param>
    /// <param name="cadence">For steps longer than a day a column holds the share of the step's days (weighted by the shape).</param>
    /// <exception cref="ArgumentException">Steps without a date, an event that ends before it begins, negative numbers.</exception>
    public static EventSet Of(IReadOnlyList<Occurrence> occurrences, DateOnly first, int history, int horizon, Cadence cadence = Cadence.Day)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(history);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        foreach (var occurrence in occurrences)
        {
            if (occurrence.To < occurrence.From || occurrence.Lead < 0 || occurrence.Lag < 0)
                throw new ArgumentException($"The event {occurrence.Code} of {occurrence.From:yyyy-MM-dd} ends before it begins.", nameof(occurrences));
        }
        var steps = new Steps(first, history + horizon, cadence);
        var past = steps.FirstDay(history);
        var (columns, dropped) = (new List<KnownColumn>(), new List<DroppedColumn>());
        foreach (var code in occurrences.GroupBy(occurrence => occurrence.Code, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var seen = code.Count(occurrence => occurrence.From < past && occurrence.To >= first);
            foreach (var (name, shape) in Shapes([.. code], seen, cadence))
            {
                var values = new double[history + horizon];
                foreach (var occurrence in code)
                    steps.Add(occurrence, shape, values);
                var column = code.Key + name;
                if (values.AsSpan(0, history).ContainsAnyExcept(0.0))
                    columns.Add(new KnownColumn(column, Effect.Event, values));
                else if (values.AsSpan().ContainsAnyExcept(0.0))
                    dropped.Add(new DroppedColumn(column, code.Key));
            }
        }
        return new EventSet(columns, dropped);
    }

    // What a day counts for, by its distance: below 0 before the first day, above 0 after the last, 0 within (with the share of its course).
    private static IEnumerable<(string Name, Func<int, double, Occurrence, double> Shape)> Shapes(Occurrence[] occurrences, int seen, Cadence cadence)
    {
        var (lead, lag) = (occurrences.Max(o => o.Lead), occurrences.Max(o => o.Lag));
        if (cadence is Cadence.Month or Cadence.Quarter or Cadence.Year)
        {
            yield return ("", (_, _, _) => 1);
            yield break;
        }
        yield return ("", (distance, _, _) => distance == 0 ? 1 : 0);
        if (seen >= Few && occurrences.Max(o => o.To.DayNumber - o.From.DayNumber) >= LongDays)
            yield return (":course", (distance, course, _) => distance == 0 ? course : 0);
        if (seen >= Many && cadence == Cadence.Day)
        {
            foreach (var (from, to) in Buckets(lead))
                yield return ($":before-{from}", (distance, _, _) => -distance >= from && -distance <= to ? 1 : 0);
            foreach (var (from, to) in Buckets(lag))
                yield return ($":after-{from}", (distance, _, _) => distance >= from && distance <= to ? 1 : 0);
            yield break;
        }
        if (lead > 0)
            yield return (":before", (distance, _, o) => distance < 0 ? (o.Lead + 1.0 + distance) / o.Lead : 0);
        if (lead > 3 && seen >= Few)
            yield return (":eve", (distance, _, _) => distance is -1 or -2 ? 1 : 0);
        if (lag > 0)
            yield return (":after", (distance, _, o) => distance > 0 ? (o.Lag + 1.0 - distance) / o.Lag : 0);
    }

    private static IEnumerable<(int From, int To)> Buckets(int days)
    {
        for (var from = 1; from <= days; from = from < 4 ? from + 1 : from * 2)
            yield return (from, Math.Min(days, from < 4 ? from : (from * 2) - 1));
    }

    /// <summary>The days of each step.</summary>
    private sealed class Steps
    {
        private readonly int[] _starts;

        public Steps(DateOnly first, int count, Cadence cadence)
        {
            if (cadence == Cadence.Step)
                throw new ArgumentException("Steps without a date have no events.", nameof(cadence));
            _starts = new int[count + 1];
            for (var step = 0; step <= count; step++)
            {
                _starts[step] = (cadence switch
                {
                    Cadence.Day => first.AddDays(step),
                    Cadence.Week => first.AddDays(7 * step),
                    Cadence.Month => first.AddMonths(step),
                    Cadence.Quarter => first.AddMonths(3 * step),
                    _ => first.AddYears(step),
                }).DayNumber;
            }
        }

        public DateOnly FirstDay(int step) => DateOnly.FromDayNumber(_starts[step]);

        public void Add(Occurrence occurrence, Func<int, double, Occurrence, double> shape, double[] values)
        {
            var (from, to) = (occurrence.From.DayNumber, occurrence.To.DayNumber);
            for (var day = Math.Max(from - occurrence.Lead, _starts[0]); day <= to + occurrence.Lag && day < _starts[^1]; day++)
            {
                var distance = day < from ? day - from : Math.Max(0, day - to);
                var course = to > from ? Math.Clamp((day - from) / (double)(to - from), 0, 1) : 0;
                var found = Array.BinarySearch(_starts, day);
                var step = found >= 0 ? found : ~found - 1;
                var share = shape(distance, course, occurrence) / (_starts[step + 1] - _starts[step]);
                // Two windows of one event that overlap (two paydays) are not felt twice in a day.
                values[step] = _starts[step + 1] - _starts[step] == 1 ? Math.Max(values[step], share) : Math.Min(1, values[step] + share);
            }
        }
    }
}
