namespace EPM.Forecast.Engine.Paths;

/// <summary>
/// Products of normal scores over lags: within a series, between series of a store, between stores. Sums over pairs are had from sums over
/// series (Σ over s ≠ u of z_s z_u = (Σ z)² − Σ z²), so the cost is series × steps × lags, not pairs. The score of a count is the middle of
/// what it may stand for: it carries only a part V of the variance, and a product of two carries ρ V₁ V₂, so products are divided by those.
/// </summary>
internal sealed class Lags
{
    private const int Most = 28;
    private const double Trust = 12;

    private readonly double[] _within = new double[Most + 1], _store = new double[Most + 1], _across = new double[Most + 1];
    private readonly double[] _withinCount = new double[Most + 1], _storeCount = new double[Most + 1], _acrossCount = new double[Most + 1];
    private double _squares, _variance;
    private int _seriesSeen, _storesSeen, _originsSeen;

    public static Lags Of(IReadOnlyList<Cell> cells)
    {
        var lags = new Lags();
        foreach (var origin in cells.SelectMany(cell => cell.Trials.Select(trial => (cell.Store, Trial: trial))).GroupBy(entry => entry.Trial.Back).OrderBy(group => group.Key))
            lags.Add([.. origin], origin.Max(entry => entry.Trial.Came.Length));
        return lags;
    }

    public Dependence Fit()
    {
        // Beyond 1 where the forecasts were too narrow: that is not dependence.
        var variance = _variance > 0 ? _squares / _variance : 0;
        if (variance <= 0)
            return Dependence.Supposed;
        var across = Curve(_across, _acrossCount, variance);
        var store = Curve(_store, _storeCount, variance);
        var own = Curve(_within, _withinCount, variance);
        for (var k = 0; k <= Most; k++)
        {
            own[k] -= double.IsNaN(store[k]) ? 0 : store[k];
            store[k] -= double.IsNaN(across[k]) ? 0 : across[k];
        }
        // A part is known as well as there are draws of it: origins for the whole, stores × origins for the stores.
        var whole = Part(across, _originsSeen, Dependence.Supposed.Whole, most: 0.9);
        var shared = Part(store, _storesSeen, Dependence.Supposed.Store, most: 0.95 - whole.Weight);
        var rest = Part(own, _seriesSeen, Dependence.Supposed.Own, most: 1);
        return new Dependence(whole, shared, rest with { Weight = 1 - whole.Weight - shared.Weight });
    }

    private void Add((string Store, Trial Trial)[] entries, int length)
    {
        var (scores, parts) = (new double[length], new double[length]);
        var (whole, wholeCount) = (new double[length], new double[length]);
        if (length == 0)
            return;
        var lags = Math.Min(Most, length - 1);
        _originsSeen++;
        foreach (var store in entries.GroupBy(entry => entry.Store, StringComparer.Ordinal))
        {
            _storesSeen++;
            var (sum, count) = (new double[length], new double[length]);
            var (products, pairs) = (new double[lags + 1], new double[lags + 1]);
            foreach (var (_, trial) in store)
            {
                _seriesSeen++;
                for (var t = 0; t < length; t++)
                {
                    var score = t < trial.Came.Length ? Marginal.Score(trial.Said.At(t), trial.Came[t]) : double.NaN;
                    (scores[t], parts[t]) = double.IsNaN(score) ? (0, 0) : (score, Marginal.Carried(trial.Said.At(t)));
                    (sum[t], count[t]) = (sum[t] + scores[t], count[t] + parts[t]);
                    (_squares, _variance) = (_squares + (scores[t] * scores[t]), _variance + parts[t]);
                }
                Multiply(scores, lags, products);
                Multiply(parts, lags, pairs);
            }
            var (squares, all) = (new double[lags + 1], new double[lags + 1]);
            Multiply(sum, lags, squares);
            Multiply(count, lags, all);
            for (var k = 0; k <= lags; k++)
            {
                _within[k] += products[k];
                _withinCount[k] += pairs[k];
                _store[k] += squares[k] - products[k];
                _storeCount[k] += all[k] - pairs[k];
                _across[k] -= squares[k];
                _acrossCount[k] -= all[k];
            }
            for (var t = 0; t < length; t++)
                (whole[t], wholeCount[t]) = (whole[t] + sum[t], wholeCount[t] + count[t]);
        }
        Multiply(whole, lags, _across);
        Multiply(wholeCount, lags, _acrossCount);
    }

    private static void Multiply(double[] values, int lags, double[] products)
    {
        for (var k = 0; k <= lags; k++)
        {
            for (var t = 0; t + k < values.Length; t++)
                products[k] += values[t] * values[t + k];
        }
    }

    private static double[] Curve(double[] products, double[] counts, double variance) =>
        [.. products.Zip(counts, (product, count) => count > 1e-6 ? product / count / variance : double.NaN)];

    private static Part Part(double[] curve, int draws, Part supposed, double most)
    {
        if (double.IsNaN(curve[0]))
            return supposed with { Weight = Math.Min(supposed.Weight, most) };
        var trust = draws / (draws + Trust);
        var weight = Math.Clamp((trust * curve[0]) + ((1 - trust) * supposed.Weight), 0, most);
        if (weight < 1e-4)
            return default;
        var (best, least) = (supposed, double.PositiveInfinity);
        for (var steady = 0.0; steady < 0.97; steady += 0.02)
        {
            for (var persistence = 0.0; persistence < 0.97; persistence += 0.04)
            {
                var (loss, power) = (0.0, 1.0);
                for (var k = 1; k < curve.Length && !double.IsNaN(curve[k]); k++)
                {
                    power *= persistence;
                    var seen = (trust * curve[k] / weight) + ((1 - trust) * (supposed.Steady + ((1 - supposed.Steady) * Math.Pow(supposed.Persistence, k))));
                    var miss = seen - steady - ((1 - steady) * power);
                    loss += (curve.Length - k) * miss * miss;
                }
                if (loss < least)
                    (best, least) = (new Part(weight, steady, persistence), loss);
            }
        }
        return best;
    }
}
