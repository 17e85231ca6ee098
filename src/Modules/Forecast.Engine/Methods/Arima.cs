using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// Seasonal ARIMA (Box and Jenkins 1970), the order chosen step by step (Hyndman and Khandakar 2008): φ(B)Φ(Bᵐ)(1 − B)ᵈ(1 − Bᵐ)ᴰ y = c +
/// θ(B)Θ(Bᵐ) e. D where the season is strong (Wang, Smith and Hyndman 2006), d by the test of Kwiatkowski and others 1992, the rest by AICc of
/// conditional least squares. Cost: at most 30 orders × some 40 passes of n. History: 10 points and three periods (of up to 60 steps; longer
/// seasons are not seen); of more than 1,500 points the latest. Zeros are values like others; more than half of them, and it is refused. Gaps are filled
/// before. Distribution: variances by the moving average form.
/// </summary>
internal sealed class Arima : IMethod
{
    private const int Longest = 1500;
    private const int LongestSeason = 60;
    private const int MostOrders = 30;
    private const int MostPlain = 3;
    private const int Telling = 500;
    private const double StrongSeason = 0.64;
    private const double Critical = 0.463;

    public string Name => "arima";

    public IFitted? Fit(History history)
    {
        var y = history.Span[^Math.Min(history.Length, Longest)..];
        var zeros = 0;
        foreach (var value in y)
            zeros += value == 0 ? 1 : 0;
        if (y.Length < 10 || zeros > y.Length / 2)
            return null;
        var period = history.Period is > 1 and <= LongestSeason ? history.Period : 1;
        if (y.Length < 3 * period)
            return null;
        var w = y.ToArray();
        var left = w.Length;
        var seasonal = period > 1 && Strength(y, period) > StrongSeason ? 1 : 0;
        if (seasonal == 1)
            left = ArimaKernel.Difference(w, period);
        var plain = 0;
        while (plain < 2 - seasonal && left > 10 && ArimaKernel.Kpss(w.AsSpan(0, left)) > Critical)
        {
            left = ArimaKernel.Difference(w.AsSpan(0, left), 1);
            plain++;
        }
        var scratch = new double[(2 + LeastSquares.MostParameters) * left];
        // Which order it is shows in the latest of a long series; its parameters then come of all.
        var search = new Search(w.AsMemory(Math.Max(0, left - Telling), Math.Min(left, Telling)), scratch);
        var none = new ArimaOrder(0, plain, 0, 0, seasonal, 0, period, plain + seasonal < 2);
        search.From(none);
        if (search.Best is not { } best)
            return null;
        if (left > Telling && ArimaFit.Of(w.AsSpan(0, left), best.Order, scratch) is { } whole)
            (best.Partial, best.Centre) = (whole.Partial, whole.Centre);
        return new Fitted(ArimaFit.At(y, best.Order, best.Partial, best.Centre));
    }

    private static double Strength(ReadOnlySpan<double> y, int period)
    {
        var (season, rest) = (new double[period], new double[2 * y.Length]);
        Decomposition.Season(y, period, season, rest);
        double both = 0, alone = 0, mean = 0;
        // What is left beside the trend stands in the second half.
        var detrended = rest.AsSpan(y.Length);
        foreach (var value in detrended)
            mean += value / y.Length;
        for (var t = 0; t < y.Length; t++)
        {
            both += (detrended[t] - mean) * (detrended[t] - mean);
            alone += (detrended[t] - season[t % period]) * (detrended[t] - season[t % period]);
        }
        return both <= 0 ? 0 : 1 - (alone / both);
    }

    private sealed class Search(ReadOnlyMemory<double> w, double[] scratch)
    {
        private readonly HashSet<ArimaOrder> _tried = [];

        public (ArimaOrder Order, double[] Partial, double Centre, double Criterion)? Best { get; private set; }

        public void From(ArimaOrder none)
        {
            var season = none.Period > 1 ? 1 : 0;
            Try(none);
            Try(none with { Constant = false });
            Try(none with { P = 2, Q = 2, SeasonalP = season, SeasonalQ = season });
            Try(none with { P = 1, SeasonalP = season });
            Try(none with { Q = 1, SeasonalQ = season });
            for (var better = true; better && Best is { } best;)
            {
                better = false;
                foreach (var near in Near(best.Order))
                    better |= Try(near);
            }
        }

        private static IEnumerable<ArimaOrder> Near(ArimaOrder o)
        {
            if (o.Period > 1)
            {
                foreach (var (p, q) in ((int, int)[])[(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)])
                    yield return o with { SeasonalP = o.SeasonalP + p, SeasonalQ = o.SeasonalQ + q };
            }
            foreach (var (p, q) in ((int, int)[])[(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)])
                yield return o with { P = o.P + p, Q = o.Q + q };
            if (o.D + o.SeasonalD < 2)
                yield return o with { Constant = !o.Constant };
        }

        private bool Try(ArimaOrder order)
        {
            if (order.P is < 0 or > MostPlain || order.Q is < 0 or > MostPlain || order.SeasonalP is < 0 or > 1 || order.SeasonalQ is < 0 or > 1 || _tried.Count >= MostOrders || !_tried.Add(order))
                return false;
            if (ArimaFit.Of(w.Span, order, scratch) is not { } found || found.Criterion >= (Best?.Criterion ?? double.PositiveInfinity))
                return false;
            Best = (order, found.Partial, found.Centre, found.Criterion);
            return true;
        }
    }

    private sealed record Fitted(ArimaModel Inner) : IFitted
    {
        public string Model => Inner.Order.ToString();

        public IFitted Over(History history) => new Fitted(Inner.Over(history.Span));

        public Prediction Forecast(int horizon) => Inner.Forecast(horizon);
    }
}
