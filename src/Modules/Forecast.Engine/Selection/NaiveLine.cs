using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>The line that every forecast is held against: what was sold a season ago, or last where there is no season.</summary>
internal static class NaiveLine
{
    public static double[] Of(History history, int horizon)
    {
        var line = new double[horizon];
        if (history.Length == 0)
            return line;
        var period = history.Period <= history.Length ? history.Period : 1;
        for (var step = 0; step < horizon; step++)
            line[step] = history.Span[history.Length - period + (step % period)];
        return line;
    }
}
