using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Learning;

/// <summary>
/// What trees see of a series from an origin for a target: everything as ratios to the level at the origin and to what the regression says
/// of the target's place, so that all series speak the same language. Nothing after the origin is looked at but what is known in advance.
/// </summary>
internal sealed class CellFeatures
{
    private const int Fixed = 18;
    private const int MostKnown = 10;

    private static readonly double[] HalfLives = [3, 10, 40, 200];

    private readonly History _history;
    private readonly Design? _design;
    private readonly double[] _shape;
    private readonly double[][] _levels;
    private readonly double[] _sums;
    private readonly int[] _sold;
    private readonly int _known;
    private readonly int _year;

    public CellFeatures(History history, RegressionFitted? regression, int steps)
    {
        _history = history;
        _design = regression?.Design;
        _known = Math.Min(history.Known.Count, MostKnown);
        _year = history.Cadence switch { Cadence.Day => 364, Cadence.Week => 52, Cadence.Month => 12, Cadence.Quarter => 4, _ => history.Period > 1 ? history.Period : 0 };
        _shape = new double[steps];
        for (var t = 0; t < steps; t++)
            _shape[t] = regression?.Shape(t) ?? 1;
        var y = history.Span;
        Scale = Math.Max(1e-9, Mean(y));
        _levels = [.. HalfLives.Select(_ => new double[history.Length + 1])];
        (_sums, _sold) = (new double[y.Length + 1], new int[y.Length + 1]);
        for (var i = 0; i < HalfLives.Length; i++)
        {
            var fade = Math.Pow(0.5, 1 / HalfLives[i]);
            // Begins as if something like the first values had been there before.
            var (units, shapes) = (Mean(y[..Math.Min(y.Length, 8)]) + (1e-3 * Scale), 1.0);
            for (var t = 0; t < y.Length; t++)
            {
                if (!IsClosed(t))
                    (units, shapes) = ((fade * units) + y[t], (fade * shapes) + _shape[t]);
                _levels[i][t + 1] = Math.Max(units / shapes, 1e-4 * Scale);
            }
            _levels[i][0] = Scale;
        }
        for (var t = 0; t < y.Length; t++)
        {
            _sums[t + 1] = _sums[t] + (y[t] / _shape[t]);
            _sold[t + 1] = _sold[t] + (y[t] != 0 ? 1 : 0);
        }
    }

    public static int Count(int known) => Fixed + (3 * Math.Min(known, MostKnown));

    /// <summary>The mean of the history.</summary>
    public double Scale { get; }

    public bool IsClosed(int t) => _design?.IsClosed(t) ?? false;

    /// <summary>What a ratio of 1 stands for: the level at the origin times the shape of the target.</summary>
    /// <param name="origin">How many steps are known.</param>
    public double Unit(int origin, int target) => _levels[1][origin] * _shape[target];

    public void Fill(int origin, int target, Span<float> row)
    {
        row.Fill(float.NaN);
        var y = _history.Span;
        var level = _levels[1][origin];
        row[0] = target - origin;
        row[1] = (float)Math.Log(_levels[0][origin] / level);
        row[2] = (float)Math.Log(_levels[2][origin] / level);
        row[3] = (float)Math.Log(_levels[3][origin] / level);
        Seasons(y, origin, target, level, row);
        Year(origin, target, row);
        Recent(y, origin, row);
        row[12] = (float)Math.Log(level / Scale);
        Calendar(target, row);
        row[17] = (float)Math.Log(Math.Max(_shape[target], 1e-6));
        for (var i = 0; i < _known; i++)
        {
            var values = _history.Known[i].Values.Span;
            row[Fixed + (3 * i)] = (float)values[target];
            row[Fixed + (3 * i) + 1] = (float)(target > 0 ? values[target] - values[target - 1] : 0);
            row[Fixed + (3 * i) + 2] = (float)(target + 1 < values.Length ? values[target + 1] - values[target] : 0);
        }
    }

    // The same place one season back, one more, and the mean of four.
    private void Seasons(ReadOnlySpan<double> y, int origin, int target, double level, Span<float> row)
    {
        var period = _history.Period;
        var back = ((target - origin) / period) + 1;
        var (sum, count) = (0.0, 0);
        for (var k = 0; k < 4; k++)
        {
            var at = target - ((back + k) * period);
            if (at < 0)
                break;
            var ratio = y[at] / (level * _shape[at]);
            sum += ratio;
            count++;
            if (k < 2)
                row[4 + k] = (float)ratio;
        }
        if (count > 0)
            row[6] = (float)(sum / count);
    }

    // What came of the level then, a year before, from the same distance.
    private void Year(int origin, int target, Span<float> row)
    {
        if (_year == 0 || origin - _year < 4)
            return;
        var half = _history.Cadence == Cadence.Day ? 3 : 0;
        var (from, to) = (Math.Max(0, target - _year - half), Math.Min(origin, target - _year + half + 1));
        if (to > from)
            row[7] = (float)((_sums[to] - _sums[from]) / (to - from) / _levels[1][origin - _year]);
    }

    private void Recent(ReadOnlySpan<double> y, int origin, Span<float> row)
    {
        var window = Math.Min(origin, 26);
        if (window < 2)
            return;
        var (mean, squares) = (0.0, 0.0);
        for (var t = origin - window; t < origin; t++)
            mean += y[t] / _shape[t] / window;
        for (var t = origin - window; t < origin; t++)
            squares += Math.Pow((y[t] / _shape[t]) - mean, 2) / window;
        row[8] = (float)(Math.Sqrt(squares) / Math.Max(mean, 1e-9));
        row[9] = (float)(_sold[origin] - _sold[origin - window]) / window;
        row[10] = (float)_sold[origin] / origin;
        var since = 0;
        while (since < window && y[origin - 1 - since] == 0)
            since++;
        row[11] = since;
    }

    private void Calendar(int target, Span<float> row)
    {
        row[13] = target % _history.Period;
        if (_history.First == default || _history.Cadence == Cadence.Step)
            return;
        var date = _history.Cadence switch
        {
            Cadence.Day => _history.First.AddDays(target),
            Cadence.Week => _history.First.AddDays(7 * target),
            Cadence.Month => _history.First.AddMonths(target),
            Cadence.Quarter => _history.First.AddMonths(3 * target),
            _ => _history.First.AddYears(target),
        };
        row[14] = date.Month;
        row[15] = _history.Cadence == Cadence.Day ? date.Day : float.NaN;
        row[16] = date.DayOfYear;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return values.Length == 0 ? 0 : sum / values.Length;
    }
}
