namespace EPM.Forecast.Engine.Paths;

/// <summary>
/// Draws ways the future may go for many series together, one series after the other, from their predictions and their
/// <see cref="Dependence"/>. A series' paths depend on its id, its store and the seed only: not on the others, the order or the thread. Holds
/// nothing of a series once it is drawn; keeps the common part of each store. Cost: a few nanoseconds a path and step. One a thread.
/// </summary>
public sealed class PathSampler
{
    /// <summary>Paths that are usually enough: the P10 of a sum is then known to about 3 % of its spread.</summary>
    public const int Usual = 256;

    private const double Grain = 1.5 * (1L << 36);

    private readonly Dependence _dependence;
    private readonly Strata _strata;
    private readonly ulong _seed;
    private readonly double[] _steady, _passing, _path;
    private readonly double[] _table = new double[Marginal.Size];
    private readonly double[] _whole;
    private readonly Dictionary<string, double[]> _stores = new(StringComparer.Ordinal);

    /// <param name="horizon">Steps, at least 1.</param>
    /// <param name="paths">A power of two from 16 to 4096.</param>
    /// <exception cref="ArgumentException">Numbers outside these bounds, a dependence whose weights do not sum to 1.</exception>
    public PathSampler(Dependence dependence, int horizon, int paths = Usual, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        Check(dependence);
        (_dependence, _seed, _strata, Horizon) = (dependence, seed, Strata.Of(paths), horizon);
        (_steady, _passing, _path) = (new double[paths], new double[paths], new double[paths]);
        _whole = new double[horizon * paths];
        AddPart(_whole, dependence.Whole, Strata.Hash("", seed));
    }

    public int Horizon { get; }

    public int Paths => _strata.Count;

    /// <summary>Draws a series and adds its paths to a sum.</summary>
    /// <param name="id">The series' id: the same id is the same draw.</param>
    /// <param name="store">What it shares a day's luck with.</param>
    /// <param name="prediction">At least <paramref name="skip"/> and horizon steps.</param>
    /// <param name="weight">What one unit counts for in the sum: 1, or a price.</param>
    /// <param name="skip">Leading steps of the prediction that lie before the sampler's first.</param>
    /// <exception cref="ArgumentException">Different shapes, a prediction that is too short.</exception>
    public void AddTo(PathSum sum, string id, string store, Prediction prediction, double weight = 1, int skip = 0)
    {
        if (sum.Horizon != Horizon || sum.Paths != Paths)
            throw new ArgumentException("The sum is of another shape than the sampler.", nameof(sum));
        Walk(id, store, prediction, weight, skip, sum, null);
    }

    /// <summary>Draws a series and adds its paths to several sums (its store's, its category's, the chain's).</summary>
    public void AddTo(IReadOnlyList<PathSum> sums, string id, string store, Prediction prediction, double weight = 1, int skip = 0)
    {
        foreach (var sum in sums)
        {
            if (sum.Horizon != Horizon || sum.Paths != Paths)
                throw new ArgumentException("A sum is of another shape than the sampler.", nameof(sums));
        }
        Walk(id, store, prediction, weight, skip, null, sums);
    }

    private static void Check(Dependence dependence)
    {
        var parts = new[] { dependence.Whole, dependence.Store, dependence.Own };
        if (!parts.All(part => part.Weight is >= 0 and <= 1 && part.Steady is >= 0 and <= 1 && part.Persistence is >= 0 and < 1))
            throw new ArgumentException("A part lies outside its bounds.", nameof(dependence));
        if (Math.Abs(parts.Sum(part => part.Weight) - 1) > 1e-6)
            throw new ArgumentException("The weights of the parts do not sum to 1.", nameof(dependence));
    }

    private void Walk(string id, string store, Prediction prediction, double weight, int skip, PathSum? sum, IReadOnlyList<PathSum>? sums)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        if (prediction.Horizon < skip + Horizon)
            throw new ArgumentException("The prediction is shorter than the paths.", nameof(prediction));
        var common = Common(store);
        var own = _dependence.Own;
        var (steady, fresh) = (Math.Sqrt(own.Weight * own.Steady), Math.Sqrt(1 - (own.Persistence * own.Persistence)));
        var passing = Math.Sqrt(own.Weight * (1 - own.Steady));
        var hash = Strata.Hash(id, _seed);
        _strata.Fill(_steady, hash, -1);
        for (var step = 0; step < Horizon; step++)
        {
            Marginal.Fill(prediction.At(skip + step), prediction.Mean[skip + step], _table);
            var (at, carried, scale) = (Strata.At(hash, step), step == 0 ? 0 : own.Persistence, step == 0 ? 1 : fresh);
            var shared = common.AsSpan(step * Paths, Paths);
            for (var path = 0; path < _path.Length; path++)
            {
                var error = (carried * _passing[path]) + (scale * _strata[at, path]);
                _passing[path] = error;
                var value = Scores.Value(_table, (steady * _steady[path]) + (passing * error) + shared[path]) * weight;
                // Rounds to a multiple of 2⁻¹⁶ without a branch.
                _path[path] = value + Grain - Grain;
            }
            var mean = (prediction.Mean[skip + step] * weight) + Grain - Grain;
            if (sum is not null)
                Add(sum, step, mean);
            for (var i = 0; i < (sums?.Count ?? 0); i++)
                Add(sums![i], step, mean);
        }
    }

    private void Add(PathSum sum, int step, double mean)
    {
        var row = sum.Row(step);
        for (var path = 0; path < row.Length; path++)
            row[path] += _path[path];
        sum.AddMean(step, mean);
    }

    private double[] Common(string store)
    {
        if (_stores.TryGetValue(store, out var common))
            return common;
        common = [.. _whole];
        AddPart(common, _dependence.Store, Strata.Hash(store, ~_seed));
        _stores.Add(store, common);
        return common;
    }

    private void AddPart(double[] scores, Part part, ulong hash)
    {
        var (steady, passing) = (Math.Sqrt(part.Weight * part.Steady), Math.Sqrt(part.Weight * (1 - part.Steady)));
        var fresh = Math.Sqrt(1 - (part.Persistence * part.Persistence));
        _strata.Fill(_steady, hash, -1);
        for (var step = 0; step < Horizon; step++)
        {
            var (at, carried, scale) = (Strata.At(hash, step), step == 0 ? 0 : part.Persistence, step == 0 ? 1 : fresh);
            for (var path = 0; path < _path.Length; path++)
            {
                _passing[path] = (carried * _passing[path]) + (scale * _strata[at, path]);
                scores[(step * Paths) + path] += (steady * _steady[path]) + (passing * _passing[path]);
            }
        }
    }
}
