using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>From a series as it is told to a history that methods can read: checked, and its gaps filled.</summary>
internal static class Cleaning
{
    public static History Of(Series series, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (series.Season < 1)
            throw new ArgumentException($"The season of {series.Id} is shorter than a step.", nameof(series));
        foreach (var column in series.Known)
        {
            if (column.Values.Length < series.Values.Length + horizon)
                throw new ArgumentException($"The column {column.Name} of {series.Id} does not reach over the history and the horizon.", nameof(series));
            foreach (var value in column.Values.Span)
            {
                if (!double.IsFinite(value))
                    throw new ArgumentException($"The column {column.Name} of {series.Id} holds a value that is no number.", nameof(series));
            }
        }
        var values = series.Values.Span;
        var start = 0;
        while (start < values.Length && double.IsNaN(values[start]))
            start++;
        var filled = values[start..].ToArray();
        var gaps = false;
        foreach (var value in filled)
        {
            if (double.IsInfinity(value))
                throw new ArgumentException($"The series {series.Id} holds an infinite value.", nameof(series));
            gaps |= double.IsNaN(value);
        }
        if (gaps)
            Fill(filled, series.Season);
        var known = start == 0 ? series.Known : [.. series.Known.Select(column => column with { Values = column.Values[start..] })];
        return new History(filled, series.Season, known)
        {
            Cadence = series.Cadence,
            Groups = series.Groups,
            First = series.First == default ? default : start == 0 || series.Cadence != Cadence.Day ? series.First : series.First.AddDays(start),
        };
    }

    // A gap takes the mean of the same place a season before and after, or, where those are gaps too, of the values on its sides.
    private static void Fill(double[] values, int season)
    {
        var raw = values.ToArray();
        for (var t = 0; t < raw.Length; t++)
        {
            if (!double.IsNaN(raw[t]))
                continue;
            var (before, after) = (At(raw, t - season), At(raw, t + season));
            if (season == 1 || (double.IsNaN(before) && double.IsNaN(after)))
            {
                before = values[t - 1];
                after = double.NaN;
                for (var next = t + 1; next < raw.Length && double.IsNaN(after); next++)
                    after = raw[next];
            }
            values[t] = double.IsNaN(before) ? after : double.IsNaN(after) ? before : (before + after) / 2;
        }
    }

    private static double At(double[] values, int t) => t >= 0 && t < values.Length ? values[t] : double.NaN;
}
