using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>One fitted model with the end of the history it stands at.</summary>
/// <param name="Partial">Partial autocorrelations of φ, Φ, and of −θ, −Θ.</param>
/// <param name="Centre">The mean of the differenced series.</param>
/// <param name="Tail">The latest observations, and their errors, as far back as the recursion reaches.</param>
/// <param name="Skipped">Steps of the history before the first error that counts.</param>
internal sealed record ArimaModel(ArimaOrder Order, double[] Partial, double Centre, double[] Tail, double[] Errors, int Length, int Skipped, Spread Spread)
{
    /// <summary>The same parameters over another length of the history.</summary>
    public ArimaModel Over(ReadOnlySpan<double> y) => ArimaFit.At(y, Order, Partial, Centre);

    public Prediction Forecast(int horizon)
    {
        Span<double> one = stackalloc double[ArimaFit.MostTerms];
        Span<int> lags = stackalloc int[ArimaFit.MostTerms];
        var terms = ArimaFit.MovingTerms(Order, Partial, lags, one);
        var (full, constant) = Whole();
        var (means, psi) = (new double[horizon], new double[horizon]);
        for (var step = 0; step < horizon; step++)
        {
            means[step] = constant;
            for (var lag = 1; lag < full.Length; lag++)
                means[step] -= full[lag] * (step >= lag ? means[step - lag] : Tail[Tail.Length + step - lag]);
            psi[step] = step == 0 ? 1 : 0;
            for (var lag = 1; lag < full.Length && lag <= step; lag++)
                psi[step] -= full[lag] * psi[step - lag];
            for (var i = 0; i < terms; i++)
            {
                if (lags[i] > step && lags[i] - step <= Errors.Length)
                    means[step] += one[i] * Errors[Errors.Length + step - lags[i]];
                if (lags[i] == step)
                    psi[step] += one[i];
            }
        }
        var prediction = Prediction.Empty(horizon);
        var (squares, fourths) = (0.0, 0.0);
        for (var step = 0; step < horizon; step++)
        {
            squares += psi[step] * psi[step];
            fourths += psi[step] * psi[step] * psi[step] * psi[step];
            Spread.Add(prediction, step, Length - Skipped + step, 1, means[step], squares, fourths);
        }
        return prediction;
    }

    /// <summary>φ(B)Φ(Bᵐ)(1 − B)ᵈ(1 − Bᵐ)ᴰ as coefficients by lag, and the constant that goes with them.</summary>
    private (double[] Full, double Constant) Whole()
    {
        Span<double> one = stackalloc double[ArimaFit.MostTerms];
        Span<int> lags = stackalloc int[ArimaFit.MostTerms];
        var terms = ArimaFit.AutoTerms(Order, Partial, lags, one);
        var full = new double[ArimaFit.Reach(Order) + 1];
        full[0] = 1;
        var sum = 1.0;
        for (var i = 0; i < terms; i++)
        {
            full[lags[i]] -= one[i];
            sum -= one[i];
        }
        for (var times = 0; times < Order.D + Order.SeasonalD; times++)
        {
            var lag = times < Order.D ? 1 : Order.Period;
            for (var i = full.Length - 1; i >= lag; i--)
                full[i] -= full[i - lag];
        }
        return (full, Centre * sum);
    }
}
