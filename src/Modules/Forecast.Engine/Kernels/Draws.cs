namespace EPM.Forecast.Engine.Kernels;

/// <summary>Draws that are the same in every run: the quantiles of a distribution in an order of their own for each path and step.</summary>
internal static class Draws
{
    /// <summary>Paths after which every step has had each quantile once.</summary>
    public const int Count = 256;

    /// <summary>The standard normal quantiles in the middle of each of <see cref="Count"/> equal shares.</summary>
    public static IReadOnlyList<double> Normals { get; } = [.. Enumerable.Range(0, Count).Select(i => Normal.Quantile((i + 0.5) / Count))];

    /// <summary>Errors of one path; any number of consecutive paths covers the distribution evenly at every step.</summary>
    /// <param name="quantiles">The distribution's <see cref="Count"/> quantiles.</param>
    public static void Fill(Span<double> draws, ReadOnlySpan<double> quantiles, int path, ulong seed)
    {
        for (var step = 0; step < draws.Length; step++)
        {
            // A permutation of 0..255 for each step: an odd factor and an offset, both from the step's hash.
            var hash = Mix(seed ^ ((ulong)step * 0x9E3779B97F4A7C15UL));
            var index = Mix8((uint)((path + (int)(hash & (Count - 1))) & (Count - 1)), (uint)(hash >> 32));
            draws[step] = quantiles[(int)index];
        }
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    // Bijective on eight bits: odd multiplications and shifts to the right lose nothing.
    private static uint Mix8(uint x, uint key)
    {
        for (var round = 0; round < 3; round++)
        {
            x = (x * ((key | 1) & 0xFF)) & 0xFF;
            x ^= x >> 4;
            x = (x + (key >> 10)) & 0xFF;
            key = (key * 0x85EBCA6B) + 0xC2B2AE35;
        }
        return x;
    }
}
