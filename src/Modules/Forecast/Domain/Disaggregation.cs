namespace EPM.Forecast.Domain;

/// <summary>
/// Shares a total over days and cells in proportion to what is forecast for each, in whole ten-thousandths that sum to it exactly: largest
/// remainders first (Hamilton's method), the earlier of two equal ones. Where nothing is forecast at all, everybody has an equal share.
/// Linear in the number of shares but for one sort of their remainders.
/// </summary>
internal static class Disaggregation
{
    /// <param name="weights">What is forecast, never negative, in any unit.</param>
    /// <param name="total">In ten-thousandths; may be negative.</param>
    /// <exception cref="ArgumentException">There is nobody to share with, or a weight is negative.</exception>
    public static long[] Share(ReadOnlySpan<long> weights, long total)
    {
        if (weights.IsEmpty)
            throw new ArgumentException("There is nothing to share a total over.", nameof(weights));
        var all = Sum(weights);
        var shares = new long[weights.Length];
        var remainders = new Int128[weights.Length];
        var places = new int[weights.Length];
        var magnitude = Int128.Abs(total);
        var left = magnitude;
        for (var i = 0; i < weights.Length; i++)
        {
            var (weight, whole) = all == 0 ? (1, weights.Length) : (weights[i], all);
            var (share, remainder) = Int128.DivRem(magnitude * weight, whole);
            shares[i] = (long)share;
            left -= share;
            places[i] = i;
            // Negated, so that an ascending sort brings the largest first; ties are told apart by place below.
            remainders[i] = -remainder;
        }
        if (left > 0)
        {
            Array.Sort(places, (a, b) => remainders[a] != remainders[b] ? remainders[a].CompareTo(remainders[b]) : a.CompareTo(b));
            for (var i = 0; i < (int)left; i++)
                shares[places[i]]++;
        }
        if (total < 0)
        {
            for (var i = 0; i < shares.Length; i++)
                shares[i] = -shares[i];
        }
        return shares;
    }

    private static Int128 Sum(ReadOnlySpan<long> weights)
    {
        var sum = Int128.Zero;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            sum += weight;
        }
        return sum;
    }
}
