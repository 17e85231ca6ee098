namespace EPM.Benchmarks.Data;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(int limit) => (int)(((UInt128)Next() * (ulong)limit) >> 64);

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));
}
