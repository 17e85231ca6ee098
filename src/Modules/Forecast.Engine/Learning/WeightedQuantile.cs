namespace EPM.Forecast.Engine.Learning;

/// <summary>Quantiles of weighted values: the least value at which so much of the weight lies at or below it.</summary>
internal static class WeightedQuantile
{
    public static double Of(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<float> weights, double level)
    {
        var (keys, items, total) = (new float[rows.Length], new float[rows.Length], 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            (keys[i], items[i]) = (values[rows[i]], weights[rows[i]]);
            total += items[i];
        }
        Array.Sort(keys, items);
        return Sorted(keys, items, total, level);
    }

    public static double Sorted(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, double total, double level)
    {
        var (goal, sum) = (level * total, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= goal)
                return values[i];
        }
        return values.Length == 0 ? 0 : values[^1];
    }
}
