using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Paths;

/// <summary>
/// One step's distribution as a table: straight lines between the quantiles, beyond the outermost a normal's tail of the same slope. All levels
/// are multiples of 1/40, so a cell is found without a search. Where lines between the quantiles would not average to the step's mean, they are
/// bent within the quantiles; what that cannot do the tail does, and last a factor.
/// </summary>
internal static class Marginal
{
    public const int Cells = 40;

    // Entries 1 … 39 hold the values at those fortieths, 0 and 40 the slopes of the tails against the normal score.
    public const int Size = Cells + 1;

    /// <summary>The score of the outermost levels.</summary>
    public const double Edge = 1.9599639845400545;

    private const double Inner = 1.2815515655446004;

    // ∫ (z − Edge) over the last fortieth of the normal distribution.
    private const double TailMean = 0.009445;

    private static readonly int[] Places = [.. Prediction.Levels.Select(level => (int)Math.Round(level * Cells))];

    // ∫ z² over the normal distribution up to each level.
    private static readonly double[] Below = [.. Prediction.Levels.Select(level =>
    {
        var z = Normal.Quantile(level);
        return level - (z * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI));
    })];

    public static void Fill(ReadOnlySpan<double> q, double mean, Span<double> table)
    {
        var (low, high) = (q[0], q[^1]);
        var lower = (q[2] - low) / (Edge - Inner);
        var upper = (high - q[^3]) / (Edge - Inner);
        // A floor at nothing sold: below it no tail.
        if (low >= 0)
            lower = Math.Min(lower, low / 2);
        var straight = ((low + high) / Cells) + ((upper - lower) * TailMean);
        for (var i = 1; i < Places.Length; i++)
            straight += (q[i] + q[i - 1]) / 2 * (Places[i] - Places[i - 1]) / Cells;
        var room = ((q[10] - q[2]) / 64) + ((q[2] - q[1] + q[11] - q[10]) / 160);
        var bend = room > 0 ? Math.Clamp((mean - straight) / room, -1, 1) : 0;
        var rest = mean - straight - (bend * room);
        if (rest > 0)
        {
            var most = high > 0 ? upper : double.PositiveInfinity;
            var more = Math.Min(rest / TailMean, most);
            upper += more;
            rest -= more * TailMean;
        }
        var (factor, shift) = low >= 0 && mean >= 0 ? (mean - rest > 1e-12 ? mean / (mean - rest) : 1, 0.0) : (1, rest);
        table[0] = lower * factor;
        table[Cells] = upper * factor;
        for (var i = 0; i < Places.Length; i++)
        {
            table[Places[i]] = (q[i] * factor) + shift;
            if (i == 0)
                continue;
            var width = Places[i] - Places[i - 1];
            for (var k = 1; k < width; k++)
            {
                var w = (double)k / width;
                var bent = w + (bend * w * (1 - w));
                table[Places[i - 1] + k] = ((q[i - 1] + (bent * (q[i] - q[i - 1]))) * factor) + shift;
            }
        }
    }

    /// <summary>The normal score of what came: where probability lies on one value (zeros), the middle of it.</summary>
    /// <returns>NaN where nothing was expected to vary, or nothing is known.</returns>
    public static double Score(ReadOnlySpan<double> q, double came)
    {
        if (double.IsNaN(came) || q[^1] - q[0] <= 0)
            return double.NaN;
        if (came < q[0])
            return -Math.Min(3.5, Edge + ((q[0] - came) / Math.Max((q[2] - q[0]) / (Edge - Inner), 1e-12)));
        if (came > q[^1])
            return Math.Min(3.5, Edge + ((came - q[^1]) / Math.Max((q[^1] - q[^3]) / (Edge - Inner), 1e-12)));
        var (first, last) = (0, q.Length - 1);
        while (q[first] < came)
            first++;
        while (q[last] > came)
            last--;
        if (first > last)
        {
            var share = (came - q[last]) / (q[first] - q[last]);
            return Normal.Quantile(Prediction.Levels[last] + (share * (Prediction.Levels[first] - Prediction.Levels[last])));
        }
        var from = first == 0 && q[0] == q[Math.Min(1, last)] && last > 0 ? 0 : Prediction.Levels[first];
        var to = last == q.Length - 1 && first < last ? 1 : Prediction.Levels[last];
        return Normal.Quantile((from + to) / 2);
    }

    /// <summary>The variance of the scores that <see cref="Score"/> gives if the distribution is right: 1, less where probability lies on single values.</summary>
    public static double Carried(ReadOnlySpan<double> q)
    {
        var variance = 0.0;
        for (var i = 0; i < q.Length;)
        {
            var last = i;
            while (last + 1 < q.Length && q[last + 1] == q[i])
                last++;
            if (last > i)
            {
                var (from, to) = (i == 0 ? 0 : Prediction.Levels[i], last == q.Length - 1 ? 1 : Prediction.Levels[last]);
                var score = Normal.Quantile((from + to) / 2);
                variance += (to - from) * score * score;
            }
            else if (i == 0)
                variance += Below[0];
            if (last + 1 < q.Length)
                variance += Below[last + 1] - Below[last];
            else if (last == i)
                variance += 1 - Below[^1];
            i = last + 1;
        }
        return variance;
    }
}
