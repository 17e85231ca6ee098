namespace EPM.Forecast.Engine.Learning;

/// <summary>Features cut into at most 63 bins of about equally many rows; what is not known has a bin of its own.</summary>
internal sealed class Bins
{
    public const int Count = 64;

    /// <summary>The bin of NaN.</summary>
    public const int Unknown = 63;

    private const int Sampled = 20_000;

    private readonly float[][] _edges;

    private Bins(float[][] edges) => _edges = edges;

    public int Features => _edges.Length;

    /// <param name="rows">Row after row.</param>
    public static Bins Of(ReadOnlySpan<float> rows, int features)
    {
        var count = rows.Length / features;
        var stride = Math.Max(1, count / Sampled);
        var edges = new float[features][];
        var values = new List<float>();
        for (var feature = 0; feature < features; feature++)
        {
            values.Clear();
            for (var row = 0; row < count; row += stride)
            {
                if (!float.IsNaN(rows[(row * features) + feature]))
                    values.Add(rows[(row * features) + feature]);
            }
            values.Sort();
            var own = new List<float>();
            for (var cut = 1; cut < Unknown && values.Count > 0; cut++)
            {
                var edge = values[(int)((long)cut * values.Count / Unknown)];
                if (edge > values[0] && (own.Count == 0 || edge > own[^1]))
                    own.Add(edge);
            }
            edges[feature] = [.. own];
        }
        return new Bins(edges);
    }

    /// <returns>How many edges lie at or below the value.</returns>
    public byte Of(int feature, float value)
    {
        if (float.IsNaN(value))
            return Unknown;
        var edges = _edges[feature];
        var (low, high) = (0, edges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (edges[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }
        return (byte)low;
    }
}
