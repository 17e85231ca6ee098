namespace EPM.Forecast.Engine.Reconciliation;

/// <summary>The errors of a hierarchy's forecasts at the origins that all its nodes have in common.</summary>
internal sealed class Backtests
{
    private const int LeastTimes = 20;

    private readonly Hierarchy _tree;
    private readonly double[] _spreads;
    private readonly bool[] _tested;
    private readonly List<Origin> _origins = [];

    private Backtests(Hierarchy tree, double[] spreads, bool[] tested) => (_tree, _spreads, _tested) = (tree, spreads, tested);

    private sealed record Origin(double[][] Said, double[][] Came, int Steps);

    public static Backtests Of(Hierarchy tree, IReadOnlyList<Prediction> said, IReadOnlyList<IReadOnlyList<Trial>> trials)
    {
        if (said.Count != tree.Count || trials.Count != tree.Count)
            throw new ArgumentException("Not one forecast and one list of trials a node.", nameof(said));
        var spreads = said.Select(prediction => Enumerable.Range(0, prediction.Horizon).Select(step => Math.Pow((prediction[step, 10] - prediction[step, 2]) / 2.5631, 2)).DefaultIfEmpty(0).Average());
        var past = new Backtests(tree, [.. spreads], [.. trials.Select(list => list.Count > 0)]);
        var tested = Enumerable.Range(0, tree.Count).Where(node => past._tested[node]).ToArray();
        if (tested.Length == 0)
            return past;
        var backs = tested.Select(node => trials[node].Select(trial => trial.Back)).Aggregate((a, b) => a.Intersect(b)).Distinct().Order();
        foreach (var back in backs)
        {
            var all = Enumerable.Range(0, tree.Count).Select(node => trials[node].FirstOrDefault(trial => trial.Back == back)).ToArray();
            var steps = tested.Min(node => all[node]!.Came.Length);
            past._origins.Add(new Origin([.. all.Select(trial => trial?.Said.Mean ?? new double[steps])], [.. all.Select(trial => trial?.Came ?? new double[steps])], steps));
        }
        return past;
    }

    /// <summary>The mean over levels of what each method's squared errors are to bottom-up's, at origins left out.</summary>
    public IReadOnlyList<(ReconciliationMethod, double)> Compare(bool small)
    {
        // Where leaves have no trials, what they would have said is not known, and sums of them neither.
        if (_origins.Count < 2 || !Enumerable.Range(0, _tree.Count).All(node => _tested[node]))
            return [];
        var depths = Enumerable.Range(0, _tree.Count).Max(_tree.Depth) + 1;
        var methods = Enum.GetValues<ReconciliationMethod>().Where(method => small || method != ReconciliationMethod.MinTrace).ToArray();
        var errors = methods.Select(_ => new double[depths]).ToArray();
        for (var origin = 0; origin < _origins.Count; origin++)
        {
            for (var m = 0; m < methods.Length; m++)
                Add(_origins[origin], Build(methods[m], origin, []).Means(Cut(_origins[origin])), errors[m]);
        }
        return [.. methods.Select((method, m) => (method, Math.Exp(Enumerable.Range(0, depths).Average(depth => Math.Log((errors[m][depth] + 1e-12) / (errors[0][depth] + 1e-12))))))];
    }

    public Reconciler Build(ReconciliationMethod method, int leftOut, IReadOnlyList<(ReconciliationMethod, double)> tried)
    {
        var times = _origins.Where((_, i) => i != leftOut).Sum(origin => origin.Steps);
        var (errors, variances) = (new double[_tree.Count * times], new double[_tree.Count]);
        for (var node = 0; node < _tree.Count; node++)
        {
            var at = node * times;
            foreach (var origin in _origins.Where((_, i) => i != leftOut))
            {
                for (var step = 0; step < origin.Steps; step++)
                {
                    var error = origin.Came[node][step] - origin.Said[node][step];
                    errors[at++] = double.IsNaN(error) ? 0 : error;
                    variances[node] += double.IsNaN(error) ? 0 : error * error / times;
                }
            }
            if (!_tested[node] || times == 0)
                variances[node] = _spreads[node];
        }
        // Nothing is known without any doubt: a variance of zero would leave nothing to share.
        var least = 1e-9 * Math.Max(variances.Max(), 1e-9);
        for (var node = 0; node < variances.Length; node++)
            variances[node] = Math.Max(variances[node], least);
        var trace = method == ReconciliationMethod.MinTrace && times >= LeastTimes && Array.TrueForAll(_tested, tested => tested) ? MinTrace.Of(_tree, variances, errors, times) : null;
        return Reconciler.Built(_tree, method == ReconciliationMethod.MinTrace && trace is null ? ReconciliationMethod.VarianceScaled : method, variances, trace, tried);
    }

    private static double[][] Cut(Origin origin) => [.. origin.Said.Select(row => row[..origin.Steps])];

    private void Add(Origin origin, double[][] means, double[] errors)
    {
        for (var node = 0; node < _tree.Count; node++)
        {
            for (var step = 0; step < origin.Steps; step++)
            {
                var miss = origin.Came[node][step] - means[node][step];
                errors[_tree.Depth(node)] += double.IsNaN(miss) ? 0 : miss * miss;
            }
        }
    }
}
