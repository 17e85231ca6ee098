namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016, equations 14 to 19), one pass in O(n):
/// exponential smoothing of the level beside a line that is fitted anew with each observation, of which 1 − 1/θ counts.
/// </summary>
internal static class ThetaKernel
{
    internal struct State
    {
        public double Level;
        public double Mean;
        public double Intercept;
        public double Slope;

        /// <summary>Observations seen.</summary>
        public int Seen;

        /// <summary>(1 − α) to the power of <see cref="Seen"/>.</summary>
        public double Faded;
    }

    public static State Start(double firstLevel) => new() { Level = firstLevel, Faded = 1 };

    /// <summary>What is expected next.</summary>
    public static double Next(in State state, double alpha, double theta) =>
        state.Level + ((1 - (1 / theta)) * ((state.Faded * state.Intercept) + ((1 - (state.Faded * (1 - alpha))) / alpha * state.Slope)));

    public static void Observe(ref State state, double alpha, double y)
    {
        state.Level = (alpha * y) + ((1 - alpha) * state.Level);
        var t = ++state.Seen;
        if (t == 1)
        {
            (state.Slope, state.Mean) = (0, y);
        }
        else
        {
            state.Slope = (((t - 2) * state.Slope) + (6.0 / t * (y - state.Mean))) / (t + 1);
            state.Mean = (((t - 1) * state.Mean) + y) / t;
        }
        state.Intercept = state.Mean - ((t + 1) / 2.0 * state.Slope);
        state.Faded *= 1 - alpha;
    }

    /// <returns>The sum of squared errors from the third observation on.</returns>
    public static double Run(ReadOnlySpan<double> y, double alpha, double theta, ref State state)
    {
        var squares = 0.0;
        for (var t = 0; t < y.Length; t++)
        {
            var miss = y[t] - Next(state, alpha, theta);
            if (t >= 2)
                squares += miss * miss;
            Observe(ref state, alpha, y[t]);
        }
        return squares;
    }
}
