namespace EPM.Forecast.Engine.Learning;

/// <summary>
/// A level that follows what a regression leaves, and a damped slope beside it (Gardner and McKenzie 1985), at the paces that would have
/// served best over the distances that are forecast.
/// </summary>
/// <param name="Pace">By how much of a miss the level moves.</param>
/// <param name="Slope">By how much of that the slope does; 0 for none.</param>
/// <param name="Reach">Misses beyond this count as this much: one wild day does not move the level.</param>
internal readonly record struct LevelSmoothing(double Pace, double Slope, double Reach)
{
    private const double Wild = 2.5;

    private const double Damping = 0.95;

    // A slope has to earn its place.
    private const double Caution = 1.04;

    /// <summary>Misses are kept for these distances: one step, a few, a dozen, and more.</summary>
    public static readonly int[] Ahead = [1, 4, 12, 28];

    private static readonly LevelSmoothing[] Choices =
        [.. from pace in new[] { 0.005, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9 } from slope in new[] { 0, 0.05, 0.2 } where slope == 0 || pace >= 0.1 select new LevelSmoothing(pace, slope, 0)];

    public static LevelSmoothing Best(ReadOnlySpan<double> residuals)
    {
        var ahead = Math.Max(1, Math.Min(8, residuals.Length / 10));
        var wild = Wild * Deviation(residuals);
        var (best, least) = (Choices[2], double.PositiveInfinity);
        foreach (var choice in Choices)
            Consider(choice with { Reach = wild }, residuals, ahead, ref best, ref least);
        // Where levels jump, the wild ones are the news.
        foreach (var choice in Choices)
        {
            if (choice.Pace >= best.Pace / 2.1 && choice.Pace <= best.Pace * 2.1)
                Consider(choice with { Reach = double.PositiveInfinity }, residuals, ahead, ref best, ref least);
        }
        return best;
    }

    private static void Consider(LevelSmoothing choice, ReadOnlySpan<double> residuals, int ahead, ref LevelSmoothing best, ref double least)
    {
        var (state, loss, slopes) = (State.At(residuals), 0.0, Slopes(ahead));
        for (var t = 0; t + ahead < residuals.Length; t++)
        {
            state = choice.After(state, residuals[t]);
            if (t >= 8)
                loss += Math.Abs(residuals[t + 1] - state.Level - (Damping * state.Slope)) + Math.Abs(residuals[t + ahead] - state.Level - (slopes * state.Slope));
        }
        loss *= (choice.Slope > 0 ? Caution : 1) * (double.IsInfinity(choice.Reach) ? Caution : 1);
        if (loss < least)
            (best, least) = (choice, loss);
    }

    public State Last(ReadOnlySpan<double> residuals)
    {
        var state = State.At(residuals);
        foreach (var residual in residuals)
            state = After(state, residual);
        return state;
    }

    /// <summary>What was missed so many steps ahead.</summary>
    /// <returns>How many were written.</returns>
    public int Misses(ReadOnlySpan<double> residuals, int ahead, Span<double> misses)
    {
        var (state, count, reach) = (State.At(residuals), 0, Slopes(ahead));
        for (var t = 0; t + ahead < residuals.Length; t++)
        {
            state = After(state, residuals[t]);
            if (t >= 8)
                misses[count++] = residuals[t + ahead] - state.Level - (reach * state.Slope);
        }
        return count;
    }

    private State After(State state, double residual)
    {
        var expected = state.Level + (Damping * state.Slope);
        var miss = Math.Clamp(residual - expected, -Reach, Reach);
        return new State(expected + (Pace * miss), (Damping * state.Slope) + (Pace * Slope * miss));
    }

    // As the standard deviation of what changes from step to step, by the median, which the wild ones do not move.
    private static double Deviation(ReadOnlySpan<double> residuals)
    {
        if (residuals.Length < 3)
            return double.PositiveInfinity;
        var changes = new double[residuals.Length - 1];
        for (var t = 1; t < residuals.Length; t++)
            changes[t - 1] = Math.Abs(residuals[t] - residuals[t - 1]);
        Array.Sort(changes);
        var median = changes[changes.Length / 2];
        return median > 0 ? 1.4826 * median : double.PositiveInfinity;
    }

    // How many slopes so many steps are.
    private static double Slopes(int ahead) => Damping * (1 - Math.Pow(Damping, ahead)) / (1 - Damping);

    internal readonly record struct State(double Level, double Slope)
    {
        public static State At(ReadOnlySpan<double> residuals) => new(residuals.Length > 0 ? residuals[0] : 0, 0);

        /// <summary>What is expected so many steps on.</summary>
        public double In(int steps) => Level + (Slopes(steps) * Slope);
    }
}
