namespace EPM.Forecast.History;

/// <summary>FNV-1a over what a forecast is made from (Fowler, Noll, Vo). Zeros at the end of a history leave it as it was.</summary>
internal sealed class Fingerprint
{
    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    private ulong _hash = Offset;

    public long Value => unchecked((long)_hash);

    /// <param name="first">Day of the first value; values that are nothing are passed over, wherever they stand.</param>
    public Fingerprint Add(DateOnly first, ReadOnlySpan<double> values, double nothing = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Equals(nothing))
                continue;
            Add((ulong)(first.DayNumber + i));
            Add(BitConverter.DoubleToUInt64Bits(values[i]));
        }
        return this;
    }

    public Fingerprint Add(string text)
    {
        foreach (var letter in text)
            Add(letter);
        return this;
    }

    private void Add(ulong value)
    {
        for (var i = 0; i < 8; i++, value >>= 8)
            _hash = unchecked((_hash ^ (value & 0xFF)) * Prime);
    }
}
