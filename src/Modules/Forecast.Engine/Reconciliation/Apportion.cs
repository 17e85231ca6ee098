namespace EPM.Forecast.Engine.Reconciliation;

/// <summary>Rounds parts so that they sum to their whole to the last digit: each gets what is certain, the largest remainders the rest (Hamilton 1792).</summary>
public static class Apportion
{
    /// <summary>Splits an amount by weights.</summary>
    /// <param name="total">A multiple of 10^-<paramref name="decimals"/>; below zero the parts are too.</param>
    /// <param name="weights">None below zero; all zero: equal parts.</param>
    /// <param name="decimals">0 to 9.</param>
    /// <returns>One part a weight, each within one unit of its exact share; equal remainders go to the first.</returns>
    /// <exception cref="ArgumentException">A total of more decimals, no weights for a total that is not zero, a weight that is negative or not a number.</exception>
    public static decimal[] Split(decimal total, ReadOnlySpan<double> weights, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 9);
        var unit = (decimal)Math.Pow(10, decimals);
        var units = Math.Abs(total) * unit;
        if (units != decimal.Truncate(units))
            throw new ArgumentException("The total has more decimals than the parts may have.", nameof(total));
        if (weights.IsEmpty && total != 0)
            throw new ArgumentException("Nothing to share the total among.", nameof(weights));
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight >= 0 && double.IsFinite(weight) ? weight : throw new ArgumentException("A weight is negative or not a number.", nameof(weights));
        var (parts, remainders, left) = (new decimal[weights.Length], new decimal[weights.Length], units);
        for (var i = 0; i < weights.Length; i++)
        {
            var exact = units * (decimal)(sum > 0 ? weights[i] / sum : 1.0 / weights.Length);
            parts[i] = decimal.Floor(exact);
            remainders[i] = exact - parts[i];
            left -= parts[i];
        }
        var order = Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ToArray();
        // Shares are rounded at their last digits, so what is left may be a few units more than there are parts, or below zero.
        for (var i = 0; left != 0; i++)
        {
            var at = left > 0 ? order[i % order.Length] : order[^((i % order.Length) + 1)];
            if (left < 0 && parts[at] == 0)
                continue;
            parts[at] += Math.Sign(left);
            left -= Math.Sign(left);
        }
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Math.Sign(total) * parts[i] / unit;
        return parts;
    }

    /// <summary>Rounds a step of a hierarchy from the top down: children sum to their parent exactly, each within two units of its value.</summary>
    /// <param name="means">One value a node, adding up, none below zero.</param>
    public static decimal[] Tree(Hierarchy tree, ReadOnlySpan<double> means, int decimals)
    {
        var rounded = new decimal[tree.Count];
        rounded[0] = Math.Round((decimal)means[0], decimals, MidpointRounding.AwayFromZero);
        var shares = new List<double>();
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.IsLeaf(node))
                continue;
            shares.Clear();
            foreach (var child in tree.Children(node))
                shares.Add(means[child]);
            var parts = Split(rounded[node], shares.ToArray(), decimals);
            for (var i = 0; i < parts.Length; i++)
                rounded[tree.Children(node)[i]] = parts[i];
        }
        return rounded;
    }
}
