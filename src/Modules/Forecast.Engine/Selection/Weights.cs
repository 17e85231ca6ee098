namespace EPM.Forecast.Engine.Selection;

/// <summary>
/// How much each method counts: the weights under which the averaged quantiles would have cost least (quantile regression averaging with
/// weights that sum to 1), found by exponentiated gradients (Kivinen and Warmuth 1997), which stay positive and near where they start.
/// From what is believed of each kind of demand (<see cref="Beliefs"/>) to what its series show, then for each series, held to the one before
/// by a penalty whose strength is chosen by the latest origins that the weights have not seen.
/// </summary>
internal static class Weights
{
    private const int Steps = 80;

    // So many series say well enough what all would.
    private const int Asked = 200;

    // Losses of one series against another's scatter by about so much: what a mean over n of them is off by, goes down with the root of n.
    private const double Doubt = 0.3;

    // How strongly weights are held to those of the kind: from not at all to wholly.
    private static readonly double[] Holds = [0.02, 0.05, 0.1, 0.2, 0.5, double.PositiveInfinity];

    public static double[][] Of(IReadOnlyList<Tryout> tried, IReadOnlyList<string> methods)
    {
        var kinds = tried.Select(one => one.Kind).ToArray();
        // Only origins whose steps were over when the latest began: what overlaps would be learnt by heart.
        var earlier = tried.Select(one => new Evidence(one, methods.Count, 0, one.Backs.Count(back => back - one.Backs[^1] >= Math.Min(one.Backs[^1], one.Horizon)))).ToArray();
        var latest = tried.Select(one => new Evidence(one, methods.Count, Math.Max(0, one.Backs.Count - 1), one.Backs.Count)).ToArray();
        var before = ByKind(earlier, kinds, methods);
        var heard = Some([.. Enumerable.Range(0, tried.Count).Where(i => latest[i].Origins > 0 && earlier[i].Origins > 0)]);
        var losses = Holds.Select(hold => heard.Select(i => latest[i].Loss(Own(earlier[i], before[kinds[i]], hold), [])).ToArray()).ToArray();
        var held = Holds[Surely(losses)];
        var all = tried.Select(one => new Evidence(one, methods.Count, 0, one.Backs.Count)).ToArray();
        var now = ByKind(all, kinds, methods);
        return [.. tried.Select((one, i) => Spoken(Own(all[i], now[kinds[i]], held), one))];
    }

    // The one that is held most among those that the best does not surely beat: by two standard errors of the difference (after Breiman and others 1984).
    private static int Surely(double[][] losses)
    {
        if (losses[0].Length < 2)
            return losses.Length - 1;
        var best = losses.Select((loss, at) => (Mean: loss.Average(), at)).Min().at;
        for (var at = losses.Length - 1; at > best; at--)
        {
            var differences = losses[at].Zip(losses[best], (one, other) => one - other).ToArray();
            var mean = differences.Average();
            var error = Math.Sqrt(differences.Sum(one => (one - mean) * (one - mean)) / (differences.Length - 1) / differences.Length);
            if (mean <= 2 * error)
                return at;
        }
        return best;
    }

    private static Dictionary<DemandKind, double[]> ByKind(Evidence[] evidence, DemandKind[] kinds, IReadOnlyList<string> methods) =>
        kinds.Distinct().ToDictionary(kind => kind, kind =>
        {
            Evidence[] own = [.. evidence.Where((one, i) => kinds[i] == kind && one.Origins > 0)];
            return Descend(Some(own), Beliefs.Of(kind, methods), Doubt / Math.Sqrt(Math.Max(1, own.Length)));
        });

    private static T[] Some<T>(T[] all)
    {
        var every = (all.Length + Asked - 1) / Asked;
        return [.. all.Where((_, at) => at % every == 0)];
    }

    private static double[] Own(Evidence evidence, double[] kind, double hold) =>
        double.IsInfinity(hold) || evidence.Origins == 0 ? kind : Descend([evidence], kind, hold * 4 / evidence.Origins);

    private static double[] Descend(Evidence[] evidence, double[] start, double hold)
    {
        var weights = start.ToArray();
        var gradient = new double[weights.Length];
        var heard = evidence.Where(one => one.Origins > 0).ToArray();
        if (heard.Length == 0)
            return weights;
        var unit = Math.Max(1e-9, heard.Sum(one => one.Loss(start, [])) / heard.Length);
        for (var step = 0; step < Steps; step++)
        {
            Array.Clear(gradient);
            foreach (var one in heard)
                one.Loss(weights, gradient);
            var pace = 4 / Math.Sqrt(1 + step);
            var mean = 0.0;
            for (var m = 0; m < weights.Length; m++)
            {
                // Losses in units of what the start costs, so that one hold means the same for any series.
                gradient[m] = (gradient[m] / heard.Length / unit) + (hold * Math.Log(Math.Max(weights[m], 1e-12) / Math.Max(start[m], 1e-12)));
                mean += weights[m] * gradient[m];
            }
            var sum = 0.0;
            for (var m = 0; m < weights.Length; m++)
            {
                weights[m] *= Math.Exp(-Math.Clamp(pace * (gradient[m] - mean), -3, 3));
                sum += weights[m];
            }
            for (var m = 0; m < weights.Length; m++)
                weights[m] /= sum;
        }
        return weights;
    }

    // Who has nothing to say now, or next to nothing, is not asked.
    private static double[] Spoken(double[] weights, Tryout tried)
    {
        var spoken = new double[weights.Length];
        for (var m = 0; m < weights.Length; m++)
            spoken[m] = tried.Now[m] is null ? 0 : weights[m];
        var most = spoken.Max();
        for (var m = 0; m < weights.Length; m++)
            spoken[m] = spoken[m] < 0.1 * most ? 0 : spoken[m];
        var sum = spoken.Sum();
        for (var m = 0; m < weights.Length; m++)
            spoken[m] = sum > 0 ? spoken[m] / sum : 0;
        return spoken;
    }
}
