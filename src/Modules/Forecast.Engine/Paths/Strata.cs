using System.Numerics;
using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Paths;

/// <summary>
/// Stratified normal errors: each step of each series gets the same equally likely values of the normal distribution, dealt to the paths in an
/// order of its own (an odd multiple and an offset of one shuffled list, by the hash of series and step). Immutable.
/// </summary>
internal sealed class Strata
{
    private static readonly Strata[] All = [.. Enumerable.Range(4, 9).Select(bits => new Strata(1 << bits))];

    private readonly double[] _normals;
    private readonly uint _mask;

    private Strata(int count)
    {
        _mask = (uint)count - 1;
        _normals = [.. Enumerable.Range(0, count).OrderBy(i => Mix((ulong)i + 1)).Select(i => Normal.Quantile((i + 0.5) / count))];
        // Between the middles of the strata nothing varies: their spread is brought back to 1.
        var spread = Math.Sqrt(_normals.Sum(value => value * value) / count);
        for (var i = 0; i < count; i++)
            _normals[i] /= spread;
    }

    public int Count => _normals.Length;

    public double this[(uint Factor, uint Offset) at, int path] => _normals[((at.Factor * (uint)path) + at.Offset) & _mask];

    public static Strata Of(int count)
    {
        if (!BitOperations.IsPow2(count) || count is < 16 or > 4096)
            throw new ArgumentOutOfRangeException(nameof(count), count, "Not a power of two from 16 to 4096.");
        return All[BitOperations.Log2((uint)count) - 4];
    }

    /// <summary>The same for the same text in every process (FNV-1a, then mixed).</summary>
    public static ulong Hash(string text, ulong seed)
    {
        var hash = 14695981039346656037UL ^ Mix(seed + 0x9E3779B97F4A7C15UL);
        foreach (var letter in text)
            hash = (hash ^ letter) * 1099511628211UL;
        return Mix(hash);
    }

    public static (uint Factor, uint Offset) At(ulong hash, int step)
    {
        var mixed = Mix(hash + ((ulong)(step + 2) * 0x9E3779B97F4A7C15UL));
        return ((uint)mixed | 1, (uint)(mixed >> 32));
    }

    public void Fill(Span<double> errors, ulong hash, int step)
    {
        var at = At(hash, step);
        for (var path = 0; path < errors.Length; path++)
            errors[path] = this[at, path];
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
