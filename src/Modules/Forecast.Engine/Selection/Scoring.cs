namespace EPM.Forecast.Engine.Selection;

/// <summary>Scores of a series' trials, and of each method alone.</summary>
internal static class Scoring
{
    public static (IReadOnlyList<Trial> Trials, Score? Score) Of(Tryout tried, IReadOnlyList<string> methods, double[] weights, double below, double above, double lift)
    {
        var trials = new List<Trial>();
        for (var i = 0; i < tried.Backs.Count; i++)
        {
            if (tried.Said[i].All(said => said is null))
                continue;
            var then = tried.History.Before(tried.Backs[i]);
            var came = tried.Came(i).ToArray();
            trials.Add(new Trial(tried.Backs[i], came, MeanLift.Lifted(Combination.Counted(Combination.Widened(Combination.Of(tried.Said[i], weights), below, above, then), then), lift), NaiveLine.Of(then, came.Length)));
        }
        if (trials.Count == 0)
            return ([], null);
        var season = Backtest.Scale(tried.History.Span, tried.History.Period);
        var own = new Tally(season);
        var naive = new Tally(season);
        foreach (var trial in trials)
        {
            own.Add(trial.Came, trial.Said);
            naive.Add(trial.Came, trial.Naive);
        }
        var alone = new List<MethodScore>();
        for (var m = 0; m < methods.Count; m++)
        {
            var tally = new Tally(season);
            for (var i = 0; i < tried.Backs.Count; i++)
            {
                if (tried.Said[i][m] is { } said)
                    tally.Add(tried.Came(i), said);
            }
            if (tally.Count > 0)
                alone.Add(tally.Named(methods[m], weights[m]));
        }
        alone.Add(naive.Named("naive", 0));
        return (trials, new Score(own.Wape, own.Bias, own.Mase, own.Coverage, naive.Wape, naive.Mase, alone));
    }

    private sealed class Tally(double scale)
    {
        private double _missed, _sold, _over;
        private int _within;

        public int Count { get; private set; }

        public double Wape => _sold > 0 ? _missed / _sold : double.NaN;

        public double Bias => _sold > 0 ? _over / _sold : double.NaN;

        public double Mase => _missed / Count / scale;

        public double Coverage => _within / (double)Count;

        public void Add(ReadOnlySpan<double> came, Prediction said)
        {
            for (var t = 0; t < came.Length; t++)
                Add(came[t], said[t, Prediction.P10], said[t, Prediction.Median], said[t, Prediction.P90], said.Mean[t]);
        }

        public void Add(ReadOnlySpan<double> came, ReadOnlySpan<double> line)
        {
            for (var t = 0; t < came.Length; t++)
                Add(came[t], line[t], line[t], line[t], line[t]);
        }

        public MethodScore Named(string method, double weight) => new(method, Wape, Bias, Mase, Coverage, weight);

        private void Add(double came, double low, double middle, double high, double mean)
        {
            _missed += Math.Abs(came - middle);
            _sold += Math.Abs(came);
            _over += mean - came;
            _within += came >= low && came <= high ? 1 : 0;
            Count++;
        }
    }
}
