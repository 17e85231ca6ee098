namespace EPM.Forecast.Engine.Selection;

/// <summary>Kinds of demand after Syntetos, Boylan and Croston (2005): how often something is sold, and how much its size varies.</summary>
internal enum DemandKind
{
    Smooth,
    Erratic,
    Intermittent,
    Lumpy,
}

internal static class DemandKinds
{
    public static DemandKind Of(ReadOnlySpan<double> y)
    {
        var (count, sum, squares) = (0, 0.0, 0.0);
        foreach (var value in y)
        {
            if (value == 0)
                continue;
            count++;
            sum += value;
            squares += value * value;
        }
        if (count == 0)
            return DemandKind.Intermittent;
        var (interval, mean) = (y.Length / (double)count, sum / count);
        var variation = ((squares / count) / (mean * mean)) - 1;
        return (interval < 1.32, variation < 0.49) switch
        {
            (true, true) => DemandKind.Smooth,
            (true, false) => DemandKind.Erratic,
            (false, true) => DemandKind.Intermittent,
            _ => DemandKind.Lumpy,
        };
    }
}
