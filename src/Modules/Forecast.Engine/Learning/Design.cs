using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Learning;

/// <summary>
/// What a regression sees of each step of a series: its place in the season, in the month and in the year, what is known in advance, and
/// how a flag works on each weekday. Columns have names, so that what is learnt of one series can be told of another.
/// </summary>
internal sealed class Design
{
    private const int LongestPlaces = 60;
    private const int LongestCrossed = 14;
    private const int YearWaves = 3;
    private const int MonthWaves = 2;

    private readonly List<Known> _known = [];
    private readonly (ReadOnlyMemory<double> Values, double When)? _closed;
    private readonly int _places;
    private readonly int _crossed;
    private readonly int _yearWaves;
    private readonly int _monthWaves;
    private readonly int _firstDay;

    public Design(History history)
    {
        Steps = history.Known.Count == 0 ? int.MaxValue : history.Known.Min(column => column.Values.Length);
        _places = history.Period is > 1 and <= LongestPlaces && history.Length >= 2 * history.Period ? history.Period : 1;
        if (history.Cadence == Cadence.Day && history.First != default)
        {
            _firstDay = history.First.DayNumber;
            _yearWaves = history.Length >= 500 ? YearWaves : 0;
            _monthWaves = history.Length >= 120 ? MonthWaves : 0;
        }
        foreach (var column in history.Known)
        {
            if (ClosedWhen(history.Span, column.Values.Span) is { } when)
                _closed = (column.Values, when);
            else if (Known.Of(column, Steps, history.Length) is { } known)
                _known.Add(known);
        }
        _crossed = _places is > 1 and <= LongestCrossed ? _places : 1;
        Names = [.. NamesOf()];
        Effects = [.. EffectsOf()];
        Penalties = [.. PenaltiesOf()];
    }

    /// <summary>How many steps the known columns reach over.</summary>
    public int Steps { get; }

    public int Columns => Names.Length;

    public bool HeedsKnown => _known.Count > 0;

    public string[] Names { get; }

    /// <summary>By column; null for what the calendar alone says.</summary>
    public Effect?[] Effects { get; }

    /// <summary>How little is believed of each before anything is seen, in units of the noise.</summary>
    public double[] Penalties { get; }

    public bool IsClosed(int t) => _closed is { } closed && closed.Values.Span[t] == closed.When;

    /// <param name="row">One value a column.</param>
    public void Fill(int t, Span<double> row)
    {
        row.Clear();
        row[0] = 1;
        var place = t % _places;
        if (place > 0)
            row[place] = 1;
        var at = _places;
        if (_yearWaves + _monthWaves > 0)
        {
            var day = DateOnly.FromDayNumber(_firstDay + t);
            at = Wave(row, at, _yearWaves, day.DayOfYear / 365.25);
            at = Wave(row, at, _monthWaves, (day.Day - 1.0) / DateTime.DaysInMonth(day.Year, day.Month));
        }
        foreach (var known in _known)
            row[at++] = known.At(t);
        // What was cheap a step ago is in the cupboards now.
        foreach (var known in _known)
        {
            if (known.Effect != Effect.Event)
                row[at++] = t > 0 ? known.At(t - 1) : known.At(t);
        }
        var cross = t % _crossed;
        foreach (var known in _known)
        {
            if (!known.Crosses || _crossed == 1)
                continue;
            if (cross > 0)
                row[at + cross - 1] = known.At(t);
            at += _crossed - 1;
        }
    }

    private static int Wave(Span<double> row, int at, int waves, double phase)
    {
        for (var wave = 1; wave <= waves; wave++)
            (row[at++], row[at++]) = Math.SinCos(2 * Math.PI * wave * phase);
        return at;
    }

    private IEnumerable<string> NamesOf()
    {
        yield return "level";
        for (var place = 1; place < _places; place++)
            yield return $"place {place}";
        for (var wave = 0; wave < 2 * _yearWaves; wave++)
            yield return $"year {wave}";
        for (var wave = 0; wave < 2 * _monthWaves; wave++)
            yield return $"month {wave}";
        foreach (var known in _known)
            yield return known.Name;
        foreach (var known in _known.Where(known => known.Effect != Effect.Event))
            yield return $"{known.Name} before";
        foreach (var known in _known.Where(known => known.Crosses))
        {
            for (var place = 1; place < _crossed; place++)
                yield return $"{known.Name} × {place}";
        }
    }

    private IEnumerable<Effect?> EffectsOf() =>
        [.. Enumerable.Repeat<Effect?>(null, _places + (2 * (_yearWaves + _monthWaves))), .. _known.Select(known => (Effect?)known.Effect), .. _known.Where(known => known.Effect != Effect.Event).Select(known => (Effect?)known.Effect),
            .. _known.Where(known => known.Crosses).SelectMany(known => Enumerable.Repeat<Effect?>(known.Effect, _crossed - 1))];

    private IEnumerable<double> PenaltiesOf() =>
        [0, .. Enumerable.Repeat(_places > LongestCrossed ? 1.0 : 0.1, _places - 1), .. Enumerable.Repeat(1.0, 2 * (_yearWaves + _monthWaves)), .. _known.Select(_ => 0.5), .. _known.Where(known => known.Effect != Effect.Event).Select(_ => 2.0),
            .. _known.Where(known => known.Crosses).SelectMany(_ => Enumerable.Repeat(4.0, _crossed - 1))];

    // A value of a column at which nothing was ever sold, often enough to be a rule, while something was otherwise.
    private static double? ClosedWhen(ReadOnlySpan<double> y, ReadOnlySpan<double> column)
    {
        var (closed, sold, zeros) = (0, 0, 0);
        for (var t = 0; t < y.Length; t++)
        {
            if (column[t] == 0 && y[t] != 0)
                return null;
            closed += column[t] == 0 ? 1 : 0;
            sold += column[t] != 0 && y[t] > 0 ? 1 : 0;
            zeros += column[t] != 0 && y[t] == 0 ? 1 : 0;
        }
        return closed >= 5 && sold > 4 * zeros ? 0 : null;
    }

    private sealed record Known(string Name, Effect Effect, ReadOnlyMemory<double> Values, double Mean, double Scale, double Least, double Most, bool Flag, bool Logged)
    {
        private const double Drift = 0.1;

        // Feasts bring their own days before and after, and come too seldom to meet every weekday.
        public bool Crosses => Flag && Effect != Effect.Event;

        /// <returns>Null for a column that never changes, or only drifts.</returns>
        public static Known? Of(KnownColumn column, int steps, int past)
        {
            var values = column.Values.Span[..steps];
            var (mean, squares, flag, positive) = (0.0, 0.0, true, true);
            foreach (var value in values)
            {
                flag &= value is 0 or 1;
                positive &= value > 0;
            }
            // A price works by its ratio.
            var logged = positive && !flag;
            foreach (var value in values)
                mean += (logged ? Math.Log(value) : value) / values.Length;
            var (changes, last) = (0.0, double.NaN);
            foreach (var value in values)
            {
                var at = logged ? Math.Log(value) : value;
                squares += Math.Pow(at - mean, 2) / values.Length;
                changes += double.IsNaN(last) ? 0 : Math.Pow(at - last, 2) / values.Length;
                last = at;
            }
            // What only drifts (an index, the temperature) says no more than the level and the season do, and leads them astray.
            if (squares < 1e-12 || (!flag && changes < Drift * 2 * squares))
                return null;
            var scale = logged ? 0.2 : Math.Sqrt(squares);
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var value in values[..Math.Min(past, values.Length)])
            {
                var at = ((logged ? Math.Log(value) : value) - mean) / scale;
                (least, most) = (Math.Min(least, at), Math.Max(most, at));
            }
            return new Known(column.Name, column.Effect, column.Values, mean, scale, least, most, flag, logged);
        }

        // Beyond any price there ever was, demand is as at the last one there was.
        public double At(int t) => Flag ? Values.Span[t] : Math.Clamp(((Logged ? Math.Log(Values.Span[t]) : Values.Span[t]) - Mean) / Scale, Least, Most);
    }
}
