using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Learning;

/// <summary>The regression of one series while it is learnt: the normal equations are made once and solved again under other beliefs.</summary>
internal sealed class RegressionCell
{
    private readonly double[] _gram;
    private readonly double[] _logs;
    private readonly double[] _weights;

    private RegressionCell(History history, Design design, DesignRows rows, double unit, double[] logs, double[] weights)
    {
        (History, Design, Rows, Unit, _logs, _weights) = (history, design, rows, unit, logs, weights);
        _gram = rows.Gram(weights);
        Level = new double[history.Length];
        Variances = new double[design.Columns];
        Noise = 1;
    }

    public History History { get; }

    public Design Design { get; }

    /// <summary>The design's rows over history and known future.</summary>
    public DesignRows Rows { get; }

    public double Unit { get; }

    public double[]? Coefficients { get; private set; }

    /// <summary>The variance of what regression and level leave.</summary>
    public double Noise { get; private set; }

    /// <summary>Of the coefficients, from this series alone, in units of the noise.</summary>
    public double[] Variances { get; }

    /// <summary>As many columns as the beliefs leave free.</summary>
    public double Used { get; private set; }

    /// <summary>The moving level beside the regression, looked at from both sides.</summary>
    public double[] Level { get; }

    public static RegressionCell? Of(History history)
    {
        var unit = UnitOf(history.Span);
        if (history.Length < 20 || unit <= 0)
            return null;
        var design = new Design(history);
        if (design.Columns == 1 || design.Columns > 2 * history.Length)
            return null;
        var n = history.Length;
        var rows = new DesignRows(design, design.Steps == int.MaxValue ? n : design.Steps);
        var (logs, weights, open) = (new double[n], new double[n], 0);
        for (var t = 0; t < n; t++)
        {
            logs[t] = Math.Log(1 + (history.Span[t] / unit));
            weights[t] = design.IsClosed(t) ? 0 : Math.Pow(0.5, (n - 1 - t) / (double)Math.Max(52, 4 * n / 5));
            open += design.IsClosed(t) ? 0 : 1;
        }
        return open < 15 ? null : new RegressionCell(history, design, rows, unit, logs, weights);
    }

    /// <param name="prior">Null for what is believed of any series, as strongly as <paramref name="belief"/> says.</param>
    public void Solve(Func<string, (double Mean, double Variance)?>? prior, double belief)
    {
        var p = Design.Columns;
        var (system, right, strengths) = (_gram.ToArray(), new double[p], new double[p]);
        for (var t = 0; t < _logs.Length; t++)
        {
            if (_weights[t] <= 0)
                continue;
            var weighted = _weights[t] * (_logs[t] - Level[t]);
            Rows.AddScaled(t, weighted, right);
        }
        for (var j = 0; j < p; j++)
        {
            var (mean, strength) = prior?.Invoke(Design.Names[j]) is { } believed ? (believed.Mean, Noise / believed.Variance) : (0, belief * Design.Penalties[j]);
            strengths[j] = strength;
            system[(j * p) + j] += strength + 1e-9;
            right[j] += strength * mean;
        }
        if (!NormalEquations.Factor(system, p))
        {
            Coefficients = null;
            return;
        }
        Coefficients = right;
        NormalEquations.Solve(system, right, p);
        NormalEquations.InverseDiagonal(system, p, Variances);
        Used = p;
        for (var j = 0; j < p; j++)
            Used -= strengths[j] * Variances[j];
        Look();
    }

    /// <summary>What the regression leaves where it was open, and how the level follows it.</summary>
    public double[] Residuals { get; private set; } = [];

    public LevelSmoothing Smoothing { get; private set; }

    /// <summary>To be called once the coefficients are final.</summary>
    public void Settle()
    {
        if (Coefficients is null)
            return;
        var (residuals, count) = (new double[History.Length], 0);
        for (var t = 0; t < residuals.Length; t++)
        {
            if (Counts(t))
                residuals[count++] = Residual(t);
        }
        Residuals = residuals[..count];
        Smoothing = LevelSmoothing.Best(Residuals);
    }

    public RegressionFitted? Fitted(PooledSpread spreads)
    {
        if (Coefficients is null)
            return null;
        var widths = spreads.Of(Residuals, Smoothing, Inflation);
        return new RegressionFitted(History, Design, Rows, Coefficients, Unit, Smoothing, Smoothing.Last(Residuals), widths);
    }

    /// <summary>By how much what was fitted misses less than what comes will.</summary>
    private double Inflation
    {
        get
        {
            var open = _weights.Count(weight => weight > 0);
            return Math.Sqrt(open / Math.Max(open / 3.0, open - Used));
        }
    }

    public double Residual(int t) => _logs[t] - Rows.Dot(t, Coefficients);

    public bool Counts(int t) => _weights[t] > 0;

    // The level from what the regression leaves, from both sides in time, so that the next solution is not misled by it; then the noise about both.
    private void Look()
    {
        const double Pace = 0.1;
        var n = _logs.Length;
        var (level, back, started) = (0.0, new double[n], false);
        for (var t = n - 1; t >= 0; t--)
        {
            if (Counts(t))
            {
                level = started ? level + (Pace * (Residual(t) - level)) : Residual(t);
                started = true;
            }
            back[t] = level;
        }
        level = back[0];
        var (squares, weight, mean) = (0.0, 0.0, 0.0);
        for (var t = 0; t < n; t++)
        {
            if (Counts(t))
            {
                level += Pace * (Residual(t) - level);
                squares += _weights[t] * Math.Pow(Residual(t) - ((level + back[t]) / 2), 2);
                weight += _weights[t];
            }
            Level[t] = (level + back[t]) / 2;
            mean += Level[t] / n;
        }
        // The intercept keeps what is constant.
        for (var t = 0; t < n; t++)
            Level[t] -= mean;
        Noise = Math.Max(1e-6, squares / Math.Max(1e-9, weight));
    }

    private static double UnitOf(ReadOnlySpan<double> y)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in y)
        {
            if (value < 0)
                return 0;
            sum += value;
            count += value > 0 ? 1 : 0;
        }
        return count == 0 ? 0 : sum / count / 20;
    }
}
