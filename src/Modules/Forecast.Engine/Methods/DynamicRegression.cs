using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// A regression of the logarithm on the season's place, on what is known in advance (price, promotion, events) and on both together, with a
/// penalty; what it leaves is a level that moves (exponential smoothing of the residuals). Cost: O(n p²). History: 3 periods and 20 points.
/// Zeros: the steps at which a column always means zero (closed) are left out and are zero again; all others count as log(1 + y / unit).
/// </summary>
internal sealed class DynamicRegression : IMethod
{
    private const int LongestSeason = 60;

    private static readonly double[] Alphas = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9];

    public string Name => "regression";

    public IFitted? Fit(History history)
    {
        var n = history.Length;
        if (history.Known.Count == 0 || n < 20 || n < 3 * history.Period)
            return null;
        var y = history.Span;
        var unit = Unit(y);
        if (unit <= 0)
            return null;
        foreach (var value in y)
        {
            if (value < 0)
                return null;
        }
        var design = new Design(history);
        if (design.Columns == 0)
            return null;
        var length = design.Length;
        var x = new double[length * design.Columns];
        for (var t = 0; t < length; t++)
            design.Fill(t, x.AsSpan(t * design.Columns, design.Columns));
        var (z, weights) = (new double[n], new double[n]);
        var open = 0;
        for (var t = 0; t < n; t++)
        {
            z[t] = Math.Log(1 + (y[t] / unit));
            weights[t] = design.IsClosed(t) ? 0 : Math.Pow(0.5, (n - 1 - t) / (double)Math.Max(52, 4 * n / 5));
            open += design.IsClosed(t) ? 0 : 1;
        }
        if (open < design.Unpenalised + 10)
            return null;
        var coefficients = Ridge.Solve(x.AsSpan(0, n * design.Columns), z, weights, design.Penalties);
        if (coefficients is null)
            return null;
        var (residuals, places) = (new double[open], 0);
        for (var t = 0; t < n; t++)
        {
            if (weights[t] > 0)
                residuals[places++] = z[t] - Dot(coefficients, x.AsSpan(t * design.Columns, design.Columns));
        }
        var (alpha, level) = Smooth(residuals, history.Length - n + Math.Max(1, Math.Min(14, open / 10)));
        return new Fitted(design, coefficients, x, n, unit, alpha, level, Spreads(residuals, alpha));
    }

    private static double Unit(ReadOnlySpan<double> y)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in y)
        {
            if (value > 0)
            {
                sum += value;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count / 20;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    // The smoothing that would have been best some steps ahead, as it will be used.
    private static (double Alpha, double Level) Smooth(ReadOnlySpan<double> residuals, int ahead)
    {
        var (best, least, last) = (Alphas[0], double.PositiveInfinity, 0.0);
        foreach (var alpha in Alphas)
        {
            var (level, loss) = (0.0, 0.0);
            for (var t = 0; t < residuals.Length; t++)
            {
                level += alpha * (residuals[t] - level);
                if (t > 10 && t + ahead < residuals.Length)
                    loss += Math.Abs(residuals[t + ahead] - level);
            }
            if (loss < least)
                (best, least, last) = (alpha, loss, level);
        }
        return (best, last);
    }

    /// <summary>The quantiles of what was missed so many steps ahead, for near and far.</summary>
    private static double[][] Spreads(ReadOnlySpan<double> residuals, double alpha)
    {
        var spreads = new double[4][];
        for (var group = 0; group < spreads.Length; group++)
        {
            var ahead = 1 << (2 * group);
            var (level, misses, count) = (0.0, new double[residuals.Length], 0);
            for (var t = 0; t < residuals.Length; t++)
            {
                level += alpha * (residuals[t] - level);
                if (t > 10 && t + ahead < residuals.Length)
                    misses[count++] = residuals[t + ahead] - level;
            }
            if (count < 8)
            {
                spreads[group] = group == 0 ? new double[Prediction.Levels.Count] : spreads[group - 1];
                continue;
            }
            Array.Sort(misses, 0, count);
            spreads[group] = [.. Prediction.Levels.Select(level => Quantiles.Of(misses.AsSpan(0, count), level))];
        }
        return spreads;
    }

    private sealed record Fitted(Design Design, double[] Coefficients, double[] X, int Length, double Unit, double Alpha, double Level, double[][] Spreads) : IFitted
    {
        public string Model => "Regression";

        public IFitted? Over(History history) => new DynamicRegression().Fit(history);

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            for (var step = 0; step < horizon; step++)
            {
                var t = Length + step;
                if (Design.IsClosed(t))
                    continue;
                var centre = Dot(Coefficients, X.AsSpan(t * Design.Columns, Design.Columns)) + Level;
                var spread = Spreads[step < 2 ? 0 : step < 8 ? 1 : step < 24 ? 2 : 3];
                var mean = 0.0;
                for (var level = 0; level < Prediction.Levels.Count; level++)
                {
                    var value = Math.Max(0, Unit * (Math.Exp(Math.Min(centre + spread[level], 30)) - 1));
                    prediction[step, level] = value;
                    mean += level is > 1 and < 11 ? value / 9 : 0;
                }
                prediction.Mean[step] = mean;
            }
            return prediction;
        }
    }

    /// <summary>What the regression sees of each step.</summary>
    private sealed class Design
    {
        private readonly int _period;
        private readonly List<(ReadOnlyMemory<double> Values, double Mean, double Scale, bool Flag)> _known = [];
        private readonly (ReadOnlyMemory<double> Values, double When)? _closed;

        public Design(History history)
        {
            _period = history.Period is > 1 and <= LongestSeason ? history.Period : 1;
            Length = history.Known.Min(column => column.Values.Length);
            foreach (var column in history.Known)
            {
                if (ClosedWhen(history.Span, column.Values.Span) is { } when)
                {
                    _closed = (column.Values, when);
                    continue;
                }
                var values = column.Values.Span[..Length];
                var (mean, squares, flag) = (0.0, 0.0, true);
                foreach (var value in values)
                {
                    mean += value / values.Length;
                    flag &= value is 0 or 1;
                }
                foreach (var value in values)
                    squares += (value - mean) * (value - mean) / values.Length;
                if (squares > 1e-12)
                    _known.Add((column.Values, mean, Math.Sqrt(squares), flag));
            }
            var flags = _known.Count(column => column.Flag);
            Unpenalised = 1;
            Columns = _known.Count == 0 ? 0 : 1 + (_period - 1) + _known.Count + (_period > 1 && _period <= 14 ? flags * (_period - 1) : 0);
            Penalties = new double[Columns];
            for (var i = Unpenalised; i < Columns; i++)
                Penalties[i] = i < _period ? 0.1 : i < _period + _known.Count ? 0.5 : 4;
        }

        public int Columns { get; }

        public int Length { get; }

        public int Unpenalised { get; }

        public double[] Penalties { get; }

        public bool IsClosed(int t) => _closed is { } closed && closed.Values.Span[t] == closed.When;

        public void Fill(int t, Span<double> row)
        {
            row.Clear();
            row[0] = 1;
            var place = t % _period;
            if (place > 0)
                row[place] = 1;
            var at = _period;
            foreach (var (values, mean, scale, flag) in _known)
                row[at++] = flag ? values.Span[t] : (values.Span[t] - mean) / scale;
            if (_period is 1 or > 14)
                return;
            foreach (var (values, _, _, flag) in _known)
            {
                if (!flag)
                    continue;
                if (place > 0)
                    row[at + place - 1] = values.Span[t];
                at += _period - 1;
            }
        }

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
    }
}
