using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// Exponential smoothing in state space form, models chosen by AICc (Hyndman, Koehler, Snyder and Grose 2002; Hyndman and others 2008) and,
/// where several are near the best, averaged by how likely they are (Kolassa 2011):
/// μ = (l + φb) ∘ s; l ← l + φb + αe, b ← φb + βe, s ← s + γe, each e in its own unit. Error added or multiplied; trend none, added or
/// damped; season none, added or multiplied; added errors with a multiplied season are left out as unstable. Cost: at most 15 models × 20
/// passes of n. History: 4 points, two periods for a season (of up to 366 steps). Zeros and below: additive models only. Gaps are filled
/// before. Distribution: normal with closed variances where all adds, drawn paths otherwise.
/// </summary>
internal sealed class Ets(string name, Func<EtsShape, bool> takes) : IMethod
{
    private const int LongestSeason = 366;

    /// <summary>Points of AICc behind the best at which a model no longer counts.</summary>
    private const double Near = 4;

    private const int Most = 4;

    /// <summary>Points of AICc that a trend which never fades is worse by: most do fade (Gardner and McKenzie 1985).</summary>
    private const double Endless = 4;

    /// <summary>Relative errors wider than this would go below nothing too often to be the model.</summary>
    private const double Widest = 0.3;

    public Ets()
        : this("ets", _ => true)
    {
    }

    public string Name => name;

    public static Ets Simple() => new("ses", shape => shape is { Error: Form.Additive, Trend: false, Season: Form.None });

    public static Ets Holt() => new("holt", shape => shape is { Error: Form.Additive, Trend: true, Damped: false, Season: Form.None });

    public static Ets Damped() => new("damped", shape => shape is { Error: Form.Additive, Damped: true, Season: Form.None });

    public IFitted? Fit(History history)
    {
        var y = history.Span;
        if (y.Length < 4)
            return null;
        var seasons = new Seasons(y, history.Period);
        var models = new List<EtsModel>();
        foreach (var form in seasons.Forms)
        {
            foreach (var shape in Shapes(form, seasons))
            {
                if (takes(shape) && EtsFit.Of(y, shape, seasons.Of(form), seasons.Told(form), history.Period) is { } model && (shape.Error == Form.Additive || model.Spread.Sigma < Widest))
                    models.Add(shape is { Trend: true, Damped: false } ? model with { Criterion = model.Criterion + Endless } : model);
            }
        }
        return Choose(models);
    }

    private static IEnumerable<EtsShape> Shapes(Form season, Seasons seasons)
    {
        var period = season == Form.None ? 1 : seasons.Period;
        foreach (var error in seasons.Positive ? (Form[])[Form.Additive, Form.Multiplicative] : [Form.Additive])
        {
            if (season == Form.Multiplicative && error == Form.Additive)
                continue;
            yield return new EtsShape(error, Trend: false, Damped: false, season, period);
            yield return new EtsShape(error, Trend: true, Damped: false, season, period);
            yield return new EtsShape(error, Trend: true, Damped: true, season, period);
        }
    }

    private Fitted? Choose(List<EtsModel> models)
    {
        if (models.Count == 0)
            return null;
        models.Sort((a, b) => a.Criterion.CompareTo(b.Criterion));
        var near = models.Where(model => model.Criterion <= models[0].Criterion + Near).Take(Most).ToArray();
        var weights = near.Select(model => Math.Exp((near[0].Criterion - model.Criterion) / 2)).ToArray();
        var sum = weights.Sum();
        return new Fitted(this, [.. near.Select((model, i) => (model, weights[i] / sum))]);
    }

    /// <summary>The first season in the forms that a history allows.</summary>
    private sealed class Seasons
    {
        private readonly double[] _added = [];
        private readonly double[] _multiplied = [];
        private readonly double _addedShare;
        private readonly double _multipliedShare;

        public Seasons(ReadOnlySpan<double> y, int period)
        {
            Period = period;
            Positive = true;
            foreach (var value in y)
                Positive &= value > 0;
            if (period < 2 || period > LongestSeason || y.Length < 2 * period)
                return;
            var scratch = new double[3 * y.Length];
            _added = new double[period];
            _addedShare = Decomposition.Season(y, period, _added, scratch);
            if (!Positive)
                return;
            _multiplied = new double[period];
            var logs = scratch.AsSpan(2 * y.Length, y.Length);
            for (var t = 0; t < y.Length; t++)
                logs[t] = Math.Log(y[t]);
            _multipliedShare = Decomposition.Season(logs, period, _multiplied, scratch);
            var mean = 0.0;
            for (var place = 0; place < period; place++)
                mean += (_multiplied[place] = Math.Exp(_multiplied[place])) / period;
            for (var place = 0; place < period; place++)
                _multiplied[place] /= mean;
        }

        public int Period { get; }

        public bool Positive { get; }

        public Form[] Forms => _multiplied.Length > 0 ? [Form.None, Form.Additive, Form.Multiplicative] : _added.Length > 0 ? [Form.None, Form.Additive] : [Form.None];

        public double[] Of(Form form) => form switch { Form.Additive => _added, Form.Multiplicative => _multiplied, _ => [0] };

        /// <summary>Parameters that the season counts for: as far as it was not drawn to nothing.</summary>
        public double Told(Form form) => form switch { Form.Additive => _addedShare * (Period - 1), Form.Multiplicative => _multipliedShare * (Period - 1), _ => 0 };
    }

    private sealed record Fitted(Ets Method, (EtsModel Model, double Weight)[] Models) : IFitted
    {
        public string Model => Models[0].Model.Shape.ToString();

        public IFitted? Over(History history)
        {
            var models = new List<(EtsModel Model, double Weight)>();
            foreach (var (model, weight) in Models)
            {
                if (model.Over(history.Span) is { } run)
                    models.Add((run, weight));
            }
            var sum = models.Sum(model => model.Weight);
            // A relative error that breaks down on what came since: chosen anew.
            return models.Count == 0 ? Method.Fit(history) : new Fitted(Method, [.. models.Select(model => (model.Model, model.Weight / sum))]);
        }

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            foreach (var (model, weight) in Models)
                model.Forecast(prediction, weight);
            return prediction;
        }
    }
}
