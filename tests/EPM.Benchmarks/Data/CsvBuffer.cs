namespace EPM.Benchmarks.Data;

/// <summary>Writes records of a file without an allocation each.</summary>
internal sealed class CsvBuffer(Stream target) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _used;

    public CsvBuffer Text(ReadOnlySpan<byte> text)
    {
        if (_used + text.Length > _buffer.Length)
            Flush();
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
        return this;
    }

    public CsvBuffer Number(long value, int digits = 1)
    {
        Span<byte> text = stackalloc byte[20];
        var at = text.Length;
        var rest = value;
        do
        {
            text[--at] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest > 0 || text.Length - at < digits);
        return Text(text[at..]);
    }

    /// <summary>A number given in thousandths.</summary>
    public CsvBuffer Thousandths(long value)
    {
        Number(value / 1000);
        return value % 1000 == 0 ? this : Text("."u8).Number(value % 1000, 3);
    }

    public CsvBuffer Comma() => Text(","u8);

    public CsvBuffer End() => Text("\n"u8);

    public void Dispose() => Flush();

    private void Flush()
    {
        target.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
