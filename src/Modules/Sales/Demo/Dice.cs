namespace EPM.Sales.Demo;

/// <summary>
/// Repeatable chance (SplitMix64): the same keys give the same draws on any machine and in any order of asking, which is what lets a
/// day of a store be generated alone.
/// </summary>
internal struct Dice
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <param name="seed">Tells the uses of chance apart.</param>
    public Dice(long seed, int first, int second = 0)
    {
        _state = unchecked((ulong)seed * Golden);
        _state = Next() ^ unchecked((uint)first);
        _state = Next() ^ unchecked((uint)second);
    }

    public ulong Next()
    {
        unchecked
        {
            _state += Golden;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <returns>At least 0, less than 1.</returns>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <returns>At least 0, less than <paramref name="count"/>.</returns>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    public bool Chance(double probability) => Unit() < probability;

    public double Between(double least, double most) => least + (Unit() * (most - least));

    /// <summary>Roughly normal: mean 0, deviation 1, never beyond 3.5.</summary>
    public double Bell() => (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508;

    /// <summary>Draws an index from running sums of weights.</summary>
    public int Pick(ReadOnlySpan<double> sums)
    {
        var at = Unit() * sums[^1];
        int low = 0, high = sums.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sums[middle] > at)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
