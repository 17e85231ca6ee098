using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>Rolling origins (Tashman 2000): each method forecasts from several moments of the past, as far ahead as is asked for now.</summary>
internal static class Backtest
{
    private const int UsualOrigins = 4;
    private const int MostOrigins = 6;

    /// <returns>How many steps before the end each origin lies, the latest first; none where the history is too short to give any of it away.</returns>
    public static IReadOnlyList<int> Origins(int length, int period, int horizon)
    {
        // Two seasons before the first origin, where there are that many: without them no method knows the season.
        var ahead = Math.Min(horizon, Math.Max(1, length / 4));
        var needed = Math.Max(12, length >= (2 * period) + ahead ? Math.Max(2 * period, length / 2) : length / 2);
        ahead = Math.Min(ahead, length - needed);
        if (ahead < 1)
            return [];
        var stride = Math.Max(1, Math.Min(ahead, (length - needed - ahead) / (UsualOrigins - 1)));
        return [.. Enumerable.Range(0, stride < ahead ? UsualOrigins : MostOrigins).Select(i => ahead + (i * stride)).Where(back => length - back >= needed).Distinct()];
    }

    public static double Pinball(double came, double said, double level) => came >= said ? level * (came - said) : (1 - level) * (said - came);

    /// <summary>The mean change from one step to the next, or from season to season where that is less.</summary>
    public static double Scale(ReadOnlySpan<double> y, int period)
    {
        var (near, far) = (0.0, 0.0);
        for (var t = 1; t < y.Length; t++)
            near += Math.Abs(y[t] - y[t - 1]) / (y.Length - 1);
        if (period > 1 && y.Length > period)
        {
            for (var t = period; t < y.Length; t++)
                far += Math.Abs(y[t] - y[t - period]) / (y.Length - period);
            near = Math.Min(near, far);
        }
        return Math.Max(near, 1e-9);
    }
}
