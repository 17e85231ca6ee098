namespace EPM.Forecast.Engine.Corrections;

/// <summary>
/// What would have been ordinary at each step of a history: a local level times the place in the season, each step judged without itself, what
/// stands out held back. Feasts, promotions and closed days are left out of it. Cost: a few passes of n.
/// </summary>
internal sealed class Ordinary
{
    private const int Passes = 3;
    private const double HeldBack = 3;

    private readonly double[] _values, _capped, _factors, _sums, _weights;
    private readonly bool[] _leftOut;
    private readonly int _half;

    private Ordinary(ReadOnlySpan<double> values, int season, bool[] leftOut)
    {
        _values = values.ToArray();
        for (var t = 0; t < _values.Length; t++)
            _values[t] = Math.Max(_values[t], 0);
        (_leftOut, _capped) = (leftOut, [.. _values]);
        Season = season is > 1 and <= 31 && values.Length >= 3 * season ? season : 1;
        _factors = new double[Season];
        _factors.AsSpan().Fill(1);
        (_sums, _weights) = (new double[values.Length + 1], new double[values.Length + 1]);
        _half = Near(season);
        (Mean, Deviation) = (new double[values.Length], new double[values.Length]);
        Counts = true;
        foreach (var value in values)
            Counts &= double.IsNaN(value) || value == Math.Floor(value);
    }

    public double[] Mean { get; }

    public double[] Deviation { get; }

    public bool Counts { get; }

    public int Season { get; }

    /// <summary>From one ordinary step to the next, the correlation of what they are off by; not below 0.</summary>
    public double Persistence { get; private set; }

    public bool IsUsed(int t) => !_leftOut[t] && !double.IsNaN(_values[t]);

    /// <summary>What came, held back to what is near, without the season.</summary>
    public double Plain(int t) => _capped[t] / _factors[t % Season];

    /// <summary>How many steps either way count as near.</summary>
    public static int Near(int season) => season <= 7 ? Math.Clamp(4 * season, 10, 28) : Math.Min(season, 31);

    /// <param name="breaks">Steps at which another level begins, ascending: levels are not carried across.</param>
    public static Ordinary Of(ReadOnlySpan<double> values, int season, bool[] leftOut, IReadOnlyList<int> breaks)
    {
        var ordinary = new Ordinary(values, season, leftOut);
        ordinary.HoldBackRarest();
        for (var pass = 0; pass < Passes; pass++)
        {
            ordinary.Level(breaks);
            ordinary.Place();
            ordinary.Level(breaks);
            ordinary.Spread(last: pass == Passes - 1);
            for (var t = 0; t < values.Length && pass < Passes - 1; t++)
                ordinary._capped[t] = Math.Clamp(ordinary._values[t], Math.Max(0, ordinary.Mean[t] - (HeldBack * ordinary.Deviation[t])), ordinary.Mean[t] + (HeldBack * ordinary.Deviation[t]));
        }
        return ordinary;
    }

    private void HoldBackRarest()
    {
        var (used, count) = (new double[_values.Length], 0);
        for (var t = 0; t < _values.Length; t++)
        {
            if (IsUsed(t))
                used[count++] = _values[t];
        }
        if (count < 50)
            return;
        Array.Sort(used, 0, count);
        var most = Math.Max(Kernels.Quantiles.Of(used.AsSpan(0, count), 0.99), 1);
        for (var t = 0; t < _capped.Length; t++)
            _capped[t] = Math.Min(_capped[t], most);
    }

    private void Level(IReadOnlyList<int> breaks)
    {
        for (var t = 0; t < _values.Length; t++)
        {
            var used = IsUsed(t);
            _sums[t + 1] = _sums[t] + (used ? _capped[t] : 0);
            _weights[t + 1] = _weights[t] + (used ? _factors[t % Season] : 0);
        }
        var (from, next) = (0, 0);
        for (var t = 0; t < _values.Length; t++)
        {
            while (next < breaks.Count && breaks[next] <= t)
                from = breaks[next++];
            var to = next < breaks.Count ? breaks[next] : _values.Length;
            var factor = _factors[t % Season];
            Mean[t] = factor * Near(t, Math.Max(from, t - _half), Math.Min(to, t + _half + 1), Near(t, from, to, Near(t, 0, _values.Length, 0)));
        }
    }

    /// <summary>The level near a stretch, without it: of both sides the lower.</summary>
    public double Around(int from, int to)
    {
        var (before, after) = (Side(Math.Max(0, from - _half), from), Side(to, Math.Min(_values.Length, to + _half)));
        return Math.Min(before ?? after ?? 0, after ?? before ?? 0);
    }

    public double Factor(int t) => _factors[t % Season];

    private double? Side(int from, int to)
    {
        var weight = _weights[to] - _weights[from];
        return weight < 5 ? null : Math.Max(_sums[to] - _sums[from], 0) / weight;
    }

    private double Near(int t, int from, int to, double otherwise)
    {
        var (sum, weight) = (_sums[to] - _sums[from], _weights[to] - _weights[from]);
        if (IsUsed(t))
            (sum, weight) = (sum - _capped[t], weight - _factors[t % Season]);
        return weight < 4 ? otherwise : Math.Max(sum, 0) / weight;
    }

    private void Place()
    {
        if (Season == 1)
            return;
        var (sums, levels, all) = (new double[Season], new double[Season], 0.0);
        for (var t = 0; t < _values.Length; t++)
        {
            if (!IsUsed(t))
                continue;
            sums[t % Season] += _capped[t];
            levels[t % Season] += Mean[t] / _factors[t % Season];
            all += _capped[t];
        }
        // A place without sales is held to a little of the level, so that one sale there is not beyond belief.
        var prior = 0.02 * all / Season;
        for (var place = 0; place < Season; place++)
            _factors[place] = levels[place] + prior > 0 ? Math.Max(0.02, (sums[place] + prior) / (levels[place] + prior)) : 1;
    }

    private void Spread(bool last)
    {
        var (used, misses, count) = (new int[_values.Length], new double[_values.Length], 0);
        for (var t = 0; t < _values.Length; t++)
        {
            if (IsUsed(t) && Mean[t] > 0)
                (used[count], misses[count++]) = (t, _values[t] - Mean[t]);
        }
        var (scratch, power) = (new double[count], last ? Power(used.AsSpan(0, count), misses) : 0.5);
        for (var i = 0; i < count; i++)
            scratch[i] = misses[i] * misses[i] / (power <= 0.5 ? Mean[used[i]] : Math.Pow(Mean[used[i]], 2 * power));
        var scale = Trimmed(scratch);
        var (products, squares) = (0.0, 0.0);
        for (var t = 0; t < _values.Length; t++)
        {
            // Counts scatter by chance at least; five a day and more may be steadier than chance.
            var least = Counts ? Math.Sqrt(Math.Min(Mean[t], 5)) : 0.05 * Mean[t];
            Deviation[t] = Mean[t] > 0 ? Math.Max(least, scale * (power <= 0.5 ? Math.Sqrt(Mean[t]) : Math.Pow(Mean[t], power))) : 0;
        }
        for (var i = 0; i < count && last; i++)
        {
            misses[i] = Math.Clamp(misses[i] / Deviation[used[i]], -3, 3);
            squares += misses[i] * misses[i];
            if (i > 0 && used[i - 1] == used[i] - 1)
                products += misses[i] * misses[i - 1];
        }
        Persistence = squares > 0 ? Math.Clamp(products / squares, 0, 0.7) : 0;
    }

    // Whether what is missed grows like the root of the mean (chance) or like the mean itself: by the busier steps against the others.
    private double Power(ReadOnlySpan<int> used, double[] misses)
    {
        var (middle, low, high, busy) = (0.0, 0.0, 0.0, 0);
        foreach (var t in used)
            middle += Mean[t] / used.Length;
        var (below, above) = (new double[used.Length], new double[used.Length]);
        for (var i = 0; i < used.Length; i++)
        {
            var mean = Mean[used[i]];
            if (mean > middle)
                (high, above[busy++]) = (high + mean, misses[i] * misses[i]);
            else
                (low, below[i - busy]) = (low + mean, misses[i] * misses[i]);
        }
        var quiet = used.Length - busy;
        if (busy < 20 || quiet < 20 || high / busy < 1.5 * low / quiet)
            return 0.5;
        var (spread, wider) = (Trimmed(below.AsSpan(0, quiet)), Trimmed(above.AsSpan(0, busy)));
        return spread <= 0 || wider <= 0 ? 0.5 : Math.Clamp(Math.Log(wider / spread) / Math.Log(high / busy / (low / quiet)), 0.5, 1);
    }

    // The deviation without the 2 % that are farthest out, made good for what a normal would lose by that.
    private static double Trimmed(Span<double> squares)
    {
        if (squares.Length == 0)
            return 0;
        squares.Sort();
        var kept = squares[..Math.Max(1, squares.Length - Math.Max(squares.Length > 12 ? 1 : 0, squares.Length / 50))];
        var sum = 0.0;
        foreach (var square in kept)
            sum += square;
        return Math.Sqrt(sum / kept.Length) / 0.935;
    }
}
