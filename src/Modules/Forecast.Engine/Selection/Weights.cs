namespace EPM.Forecast.Engine.Selection;

/// <summary>How much each method counts for a series: by what it did for this one, held against what it did for all.</summary>
internal static class Weights
{
    // A fleet's experience counts as much as so many origins of one's own.
    private const double Trust = 2;
    private const double Sharpness = 3;

    public static double[][] Of(IReadOnlyList<Tryout> tried, int methods)
    {
        var common = new double[methods];
        for (var m = 0; m < methods; m++)
        {
            var known = tried.Where(t => double.IsFinite(t.Losses[m])).ToArray();
            common[m] = known.Length == 0 ? double.NaN : Math.Exp(known.Average(t => Math.Log(t.Relative(m))));
        }
        return [.. tried.Select(t => Of(t, common))];
    }

    private static double[] Of(Tryout tried, double[] common)
    {
        var weights = new double[common.Length];
        for (var m = 0; m < weights.Length; m++)
        {
            if (tried.Now[m] is null)
                continue;
            var all = double.IsNaN(common[m]) ? 1.5 : common[m];
            var own = double.IsFinite(tried.Losses[m]) ? tried.Relative(m) : all;
            var origins = tried.Said.Count(said => said[m] is not null);
            weights[m] = Math.Pow(Math.Exp(((origins * Math.Log(own)) + (Trust * Math.Log(all))) / (origins + Trust)), -Sharpness);
        }
        var most = weights.Max();
        for (var m = 0; m < weights.Length; m++)
            weights[m] = weights[m] < 0.2 * most ? 0 : weights[m];
        var sum = weights.Sum();
        for (var m = 0; m < weights.Length; m++)
            weights[m] = sum > 0 ? weights[m] / sum : 0;
        return weights;
    }
}
