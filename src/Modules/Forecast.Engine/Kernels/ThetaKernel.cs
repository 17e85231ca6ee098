using System.Runtime.CompilerServices;

namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// Theta models in state space form (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016, equations 9 to 19), one pass in O(n):
/// exponential smoothing of the level beside a straight line of which 1 − 1/θ counts. The line is that of the whole history, or is fitted
/// anew with each observation (dynamic).
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

        /// <summary>The line stays as it is.</summary>
        public bool Fixed;
    }

    public static State Start(double firstLevel) => new() { Level = firstLevel, Faded = 1 };

    /// <summary>With the line by least squares through the whole history.</summary>
    public static State Start(double firstLevel, ReadOnlySpan<double> y)
    {
        var (n, sum, cross) = (y.Length, 0.0, 0.0);
        for (var t = 0; t < n; t++)
        {
            sum += y[t];
            cross += (t + 1) * y[t];
        }
        var slope = n < 2 ? 0 : ((12 * cross) - (6 * (n + 1.0) * sum)) / ((n * (double)n * n) - n);
        return new() { Level = firstLevel, Faded = 1, Slope = slope, Mean = sum / n, Intercept = (sum / n) - (slope * (n + 1) / 2), Fixed = true };
    }

    /// <summary>What is expected next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Next(in State state, double alpha, double theta) =>
        state.Level + ((1 - (1 / theta)) * ((state.Faded * state.Intercept) + ((1 - (state.Faded * (1 - alpha))) / alpha * state.Slope)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Observe(ref State state, double alpha, double y)
    {
        state.Level = (alpha * y) + ((1 - alpha) * state.Level);
        var t = ++state.Seen;
        state.Faded *= 1 - alpha;
        if (state.Fixed)
            return;
        if (t == 1)
        {
            (state.Slope, state.Mean) = (0, y);
        }
        else
        {
            var inverse = 1.0 / (t * (t + 1.0));
            state.Slope = (((t - 2) * (t * inverse) * state.Slope) + (6 * inverse * (y - state.Mean)));
            state.Mean += (y - state.Mean) * ((t + 1) * inverse);
        }
        state.Intercept = state.Mean - ((t + 1) / 2.0 * state.Slope);
    }

    /// <param name="errors">Where the errors go from the third observation on, or empty.</param>
    /// <returns>The sum of squared errors from the third observation on.</returns>
    public static double Run(ReadOnlySpan<double> y, double alpha, double theta, ref State state, Span<double> errors)
    {
        var (squares, s) = (0.0, state);
        for (var t = 0; t < y.Length; t++)
        {
            var miss = y[t] - Next(s, alpha, theta);
            if (t >= 2)
            {
                squares += miss * miss;
                if (errors.Length > 0)
                    errors[t] = miss;
            }
            Observe(ref s, alpha, y[t]);
        }
        state = s;
        return squares;
    }

    /// <summary>Forecasts without further errors.</summary>
    public static void Means(State state, double alpha, double theta, Span<double> means)
    {
        for (var step = 0; step < means.Length; step++)
        {
            means[step] = Next(state, alpha, theta);
            Observe(ref state, alpha, means[step]);
        }
    }

    /// <summary>
    /// The variance of each coming step in units of that of one error, Σ c² with c an error's weight in it, and Σ c⁴: all is linear in the
    /// errors, so each is followed alone through the steps after it. O(h²).
    /// </summary>
    /// <param name="means">As of <see cref="Means"/>.</param>
    public static void Weights(in State state, double alpha, double theta, ReadOnlySpan<double> means, Span<double> squares, Span<double> fourths)
    {
        squares.Fill(1);
        fourths.Fill(1);
        var before = state;
        for (var from = 0; from < means.Length; from++)
        {
            var moved = before;
            Observe(ref moved, alpha, means[from] + 1);
            for (var step = from + 1; step < means.Length; step++)
            {
                var next = Next(moved, alpha, theta);
                var weight = (next - means[step]) * (next - means[step]);
                squares[step] += weight;
                fourths[step] += weight * weight;
                Observe(ref moved, alpha, next);
            }
            Observe(ref before, alpha, means[from]);
        }
    }
}
