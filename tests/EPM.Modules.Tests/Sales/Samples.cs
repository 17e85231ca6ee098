using FsCheck;
using FsCheck.Fluent;

namespace EPM.Modules.Tests.Sales;

/// <summary>Random values from a seed, so that a failure can be had again.</summary>
internal static class Samples
{
    /// <summary>The seed all runs share, and one of this very run.</summary>
    public static TheoryData<long> Seeds => [20_261_121, TimeProvider.System.GetUtcNow().Ticks];

    public static T[] Of<T>(Gen<T> gen, long seed, int count, int size = 30) => [.. gen.Sample(count, new Rnd((ulong)seed, 1), size)];
}
