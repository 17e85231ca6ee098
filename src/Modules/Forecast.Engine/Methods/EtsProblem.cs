using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>The likelihood of one model of exponential smoothing as a function of its free parameters.</summary>
internal readonly ref struct EtsProblem(EtsShape shape, ReadOnlySpan<double> y, double[] first, double[] season, double[] scratch, double level, double trend, double spread) : IResiduals
{
    private const double Least = 1e-4;
    private const double Most = 0.9999;

    private readonly ReadOnlySpan<double> _y = y;

    public int Count => shape.Smoothings + 1 + (shape.Trend ? 1 : 0);

    public void Bounds(Span<double> lower, Span<double> upper)
    {
        var i = 0;
        (lower[i], upper[i++]) = (Least, Most);
        if (shape.Trend)
            (lower[i], upper[i++]) = (Least, Most);
        if (shape.Season != Form.None)
            (lower[i], upper[i++]) = (Least, Most);
        if (shape.Damped)
            (lower[i], upper[i++]) = (0.8, 0.98);
        (lower[i], upper[i++]) = (-5, 5);
        if (shape.Trend)
            (lower[i], upper[i]) = (-5, 5);
    }

    /// <summary>The best of a few rough starts with fixed and moving seasons; a slow level and a fast one often are a valley each.</summary>
    public bool Begin(ReadOnlySpan<double> alphas, Span<double> best)
    {
        var least = double.PositiveInfinity;
        Span<double> tried = stackalloc double[best.Length];
        foreach (var alpha in alphas)
        {
            foreach (var gamma in (ReadOnlySpan<double>)(shape.Season == Form.None ? [0.05] : [0.02, 0.2, 0.8]))
            {
                tried.Clear();
                var i = 0;
                tried[i++] = alpha;
                if (shape.Trend)
                    tried[i++] = 0.1;
                if (shape.Season != Form.None)
                    tried[i++] = gamma;
                if (shape.Damped)
                    tried[i] = 0.95;
                Natural(tried, out var by, out var l, out var b);
                first.CopyTo(season, 0);
                var squares = EtsKernel.Run(shape, _y, by, ref l, ref b, season, default);
                if (squares < least)
                {
                    least = squares;
                    tried.CopyTo(best);
                }
            }
        }
        return double.IsFinite(least);
    }

    public void Natural(scoped ReadOnlySpan<double> at, out Smoothing by, out double firstLevel, out double firstTrend)
    {
        var i = 0;
        var alpha = at[i++];
        var beta = shape.Trend ? at[i++] * alpha : 0;
        var gamma = shape.Season != Form.None ? at[i++] * (1 - alpha) : 0;
        var phi = shape.Damped ? at[i++] : 1;
        by = new Smoothing(alpha, beta, gamma, phi);
        firstLevel = level + (at[i++] * spread);
        firstTrend = shape.Trend ? trend + (at[i] * spread * 0.1) : 0;
    }

    public double At(scoped ReadOnlySpan<double> at, scoped Span<double> gram, scoped Span<double> slope)
    {
        Natural(at, out var by, out var l, out var b);
        first.CopyTo(season, 0);
        Span<double> natural = stackalloc double[EtsSlopes.Count * EtsSlopes.Count];
        Span<double> down = stackalloc double[EtsSlopes.Count];
        var squares = EtsSlopes.Run(shape, _y, by, l, b, season, scratch, natural, down);
        if (!double.IsFinite(squares))
            return double.PositiveInfinity;
        // What each free parameter moves of the natural ones, one row a parameter.
        Span<double> moves = stackalloc double[Count * EtsSlopes.Count];
        moves.Clear();
        var row = 0;
        moves[0] = 1;
        if (shape.Trend)
        {
            row++;
            moves[1] = at[row];
            moves[(row * EtsSlopes.Count) + 1] = by.Alpha;
        }
        if (shape.Season != Form.None)
        {
            row++;
            moves[2] = -at[row];
            moves[(row * EtsSlopes.Count) + 2] = 1 - by.Alpha;
        }
        if (shape.Damped)
            moves[(++row * EtsSlopes.Count) + 3] = 1;
        moves[(++row * EtsSlopes.Count) + 4] = spread;
        if (shape.Trend)
            moves[(++row * EtsSlopes.Count) + 5] = spread * 0.1;
        Chain(moves, natural, down, gram, slope);
        return squares;
    }

    private void Chain(scoped ReadOnlySpan<double> moves, scoped ReadOnlySpan<double> natural, scoped ReadOnlySpan<double> down, scoped Span<double> gram, scoped Span<double> slope)
    {
        Span<double> half = stackalloc double[EtsSlopes.Count];
        for (var i = 0; i < Count; i++)
        {
            var mine = moves.Slice(i * EtsSlopes.Count, EtsSlopes.Count);
            half.Clear();
            slope[i] = 0;
            for (var a = 0; a < EtsSlopes.Count; a++)
            {
                if (mine[a] == 0)
                    continue;
                slope[i] += mine[a] * down[a];
                for (var c = 0; c < EtsSlopes.Count; c++)
                    half[c] += mine[a] * natural[(a * EtsSlopes.Count) + c];
            }
            for (var j = 0; j < Count; j++)
            {
                var sum = 0.0;
                for (var c = 0; c < EtsSlopes.Count; c++)
                    sum += half[c] * moves[(j * EtsSlopes.Count) + c];
                gram[(i * Count) + j] = sum;
            }
        }
    }
}
