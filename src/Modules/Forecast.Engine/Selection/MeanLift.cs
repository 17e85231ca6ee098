namespace EPM.Forecast.Engine.Selection;

/// <summary>
/// What is sold now and then has a mean that lies in its rare days: methods that think in quantiles or logarithms miss a part of it. By how
/// much their means fell short of what came, over all series of a kind and all origins, is made up for; steady demand is left as it is.
/// </summary>
internal static class MeanLift
{
    private const double Least = 0.6;
    private const double Most = 2;

    // So many series are needed before the ratio is believed by half.
    private const double Doubt = 8;

    /// <returns>By kind the factor of its means; 1 for a kind that is not there.</returns>
    public static Dictionary<DemandKind, double> Of(IReadOnlyList<Tryout> tried, double[][] weights)
    {
        var sums = new Dictionary<DemandKind, (double Came, double Said, int Series)>();
        for (var i = 0; i < tried.Count; i++)
        {
            var kind = tried[i].Kind;
            if (kind is DemandKind.Smooth or DemandKind.Erratic)
                continue;
            var (came, said) = (0.0, 0.0);
            for (var origin = 0; origin < tried[i].Backs.Count; origin++)
            {
                if (tried[i].Said[origin].All(one => one is null))
                    continue;
                said += Combination.Of(tried[i].Said[origin], weights[i]).Mean.Sum();
                foreach (var value in tried[i].Came(origin))
                    came += value;
            }
            var (c, s, n) = sums.GetValueOrDefault(kind);
            sums[kind] = (c + came, s + said, n + 1);
        }
        return sums.Where(sum => sum.Value.Came > 0 && sum.Value.Said > 0)
            .ToDictionary(sum => sum.Key, sum => Math.Pow(Math.Clamp(sum.Value.Came / sum.Value.Said, Least, Most), sum.Value.Series / (sum.Value.Series + Doubt)));
    }

    public static Prediction Lifted(Prediction said, double lift)
    {
        for (var step = 0; step < said.Horizon; step++)
            said.Mean[step] *= lift;
        return said;
    }
}
