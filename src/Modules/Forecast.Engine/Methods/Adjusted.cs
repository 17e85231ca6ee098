using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>A history without its season of fixed indices, multiplied where all is positive and added otherwise.</summary>
/// <param name="Season">One index a place; empty where there is none.</param>
/// <param name="Told">Parameters that the season counts for: as far as it was not drawn to nothing.</param>
internal sealed record Adjusted(double[] Values, double[] Season, bool Multiplied, double Told, int Period)
{
    private const int LongestSeason = 366;

    /// <summary>The least share of the indices' spread that has to be season for it to be taken out.</summary>
    private const double Certain = 0.5;

    public static Adjusted Of(ReadOnlySpan<double> y, int period)
    {
        var values = y.ToArray();
        if (period is < 2 or > LongestSeason || y.Length < 2 * period)
            return new Adjusted(values, [], Multiplied: false, 0, period);
        var positive = true;
        foreach (var value in y)
            positive &= value > 0;
        for (var t = 0; positive && t < values.Length; t++)
            values[t] = Math.Log(values[t]);
        var season = new double[period];
        var share = Decomposition.Season(values, period, season, new double[2 * y.Length]);
        if (share < Certain)
            return new Adjusted(y.ToArray(), [], Multiplied: false, 0, period);
        var mean = 0.0;
        for (var place = 0; positive && place < period; place++)
            mean += (season[place] = Math.Exp(season[place])) / period;
        for (var place = 0; positive && place < period; place++)
            season[place] /= mean;
        return new Adjusted(Without(y, season, positive), season, positive, share * (period - 1), period);
    }

    /// <summary>Another stretch from the same beginning, with the same season.</summary>
    public Adjusted Over(ReadOnlySpan<double> y) => this with { Values = Season.Length == 0 ? y.ToArray() : Without(y, Season, Multiplied) };

    /// <summary>Puts the season back into what is forecast for the steps after the history.</summary>
    public void Restore(Prediction prediction)
    {
        for (var step = 0; Season.Length > 0 && step < prediction.Horizon; step++)
        {
            var index = Season[(Values.Length + step) % Season.Length];
            prediction.Mean[step] = Multiplied ? prediction.Mean[step] * index : prediction.Mean[step] + index;
            for (var level = 0; level < Prediction.Levels.Count; level++)
                prediction[step, level] = Multiplied ? prediction[step, level] * index : prediction[step, level] + index;
        }
    }

    private static double[] Without(ReadOnlySpan<double> y, double[] season, bool multiplied)
    {
        var values = new double[y.Length];
        for (var t = 0; t < y.Length; t++)
            values[t] = multiplied ? y[t] / season[t % season.Length] : y[t] - season[t % season.Length];
        return values;
    }
}
