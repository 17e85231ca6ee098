namespace EPM.Forecast.Engine.Paths;

/// <summary>
/// The sum of many series' paths, step by step. Every path's value is a multiple of 2⁻¹⁶, so sums below 10¹¹ are exact: in any order, by any
/// number of threads, the sum of the parts is the whole to the last bit. Not for several threads at once: sum apart, then <see cref="Add"/>.
/// </summary>
public sealed class PathSum
{
    private readonly double[] _values;
    private readonly double[] _means;

    /// <exception cref="ArgumentOutOfRangeException">Not a positive number of steps and paths.</exception>
    public PathSum(int horizon, int paths = PathSampler.Usual)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(paths);
        (Horizon, Paths) = (horizon, paths);
        _values = new double[horizon * paths];
        _means = new double[horizon];
    }

    public int Horizon { get; }

    public int Paths { get; }

    /// <summary>The sum of the means of what was added, one value a step.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>One value a path.</summary>
    public ReadOnlySpan<double> At(int step) => _values.AsSpan(step * Paths, Paths);

    /// <exception cref="ArgumentException">Another horizon or number of paths.</exception>
    public void Add(PathSum other)
    {
        if (other.Horizon != Horizon || other.Paths != Paths)
            throw new ArgumentException("The sums are of different shapes.", nameof(other));
        for (var i = 0; i < _values.Length; i++)
            _values[i] += other._values[i];
        for (var i = 0; i < _means.Length; i++)
            _means[i] += other._means[i];
    }

    /// <summary>What the sum is at each step, with its quantiles.</summary>
    public Prediction ToPrediction()
    {
        var prediction = Prediction.Empty(Horizon);
        var sorted = new double[Paths];
        for (var step = 0; step < Horizon; step++)
        {
            At(step).CopyTo(sorted);
            Kernels.Quantiles.Fill(prediction, step, sorted);
            prediction.Mean[step] = _means[step];
        }
        return prediction;
    }

    /// <summary>What the steps from one on come to together.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Steps outside the horizon.</exception>
    public Total Over(int from, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Horizon - from);
        var (totals, mean) = (new double[Paths], 0.0);
        for (var step = from; step < from + steps; step++)
        {
            mean += _means[step];
            var values = At(step);
            for (var path = 0; path < Paths; path++)
                totals[path] += values[path];
        }
        Array.Sort(totals);
        return new Total(mean, totals);
    }

    /// <summary>What the whole horizon comes to.</summary>
    public Total Over() => Over(0, Horizon);

    /// <summary>Empties the sum, to be used again.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        Array.Clear(_means);
    }

    internal Span<double> Row(int step) => _values.AsSpan(step * Paths, Paths);

    internal void AddMean(int step, double mean) => _means[step] += mean;
}
