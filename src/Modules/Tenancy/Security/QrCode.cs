using System.Globalization;
using System.Text;

namespace EPM.Tenancy.Security;

/// <summary>
/// QR codes (ISO/IEC 18004) for one purpose: a text in byte mode, error correction M, as SVG. No package for it is at hand, and the
/// secret must not go to somebody else's service to be drawn.
/// </summary>
internal sealed class QrCode
{
    private const int QuietZone = 4;
    private const int LargestVersion = 40;
    private const int CorrectionM = 0;

    // Table 9 of the standard, level M: correction codewords of a block, and blocks, by version.
    private static readonly byte[] Correction = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28];
    private static readonly byte[] Blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49];

    private static readonly Func<int, int, bool>[] Masks =
    [
        (row, column) => (row + column) % 2 == 0, (row, _) => row % 2 == 0, (_, column) => column % 3 == 0, (row, column) => (row + column) % 3 == 0,
        (row, column) => (row / 2 + column / 3) % 2 == 0, (row, column) => row * column % 2 + row * column % 3 == 0,
        (row, column) => (row * column % 2 + row * column % 3) % 2 == 0, (row, column) => ((row + column) % 2 + row * column % 3) % 2 == 0,
    ];

    private readonly int _version;
    private readonly bool[,] _dark;
    private readonly bool[,] _fixed;

    /// <param name="mask">One of the eight, or null for the one that the standard's penalties prefer.</param>
    /// <exception cref="ArgumentException">The text is longer than the largest code holds (2,331 bytes).</exception>
    public QrCode(string text, int? mask = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _version = Enumerable.Range(1, LargestVersion).FirstOrDefault(version => Bits(version, bytes.Length) <= DataCodewords(version) * 8);
        if (_version == 0)
            throw new ArgumentException("The text is too long for a QR code.", nameof(text));
        Size = _version * 4 + 17;
        (_dark, _fixed) = (new bool[Size, Size], new bool[Size, Size]);
        DrawPatterns();
        DrawData(Interleave(Data(bytes)));
        var best = mask ?? Enumerable.Range(0, Masks.Length).MinBy(Penalty);
        Apply(best);
    }

    public int Size { get; }

    public bool this[int row, int column] => _dark[row, column];

    public string ToSvg()
    {
        var path = new StringBuilder();
        for (var row = 0; row < Size; row++)
        {
            for (var (column, run) = (0, 0); column < Size; column += Math.Max(run, 1))
            {
                for (run = 0; column + run < Size && _dark[row, column + run];)
                    run++;
                if (run > 0)
                    path.Append(CultureInfo.InvariantCulture, $"M{column + QuietZone} {row + QuietZone}h{run}v1h-{run}z");
            }
        }
        var side = Size + 2 * QuietZone;
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>""");
    }

    private static int Bits(int version, int bytes) => 4 + LengthBits(version) + 8 * bytes;

    private static int LengthBits(int version) => version < 10 ? 8 : 16;

    private static int DataCodewords(int version) => AllCodewords(version) - Correction[version - 1] * Blocks[version - 1];

    private static int AllCodewords(int version)
    {
        var modules = (16 * version + 128) * version + 64;
        if (version >= 2)
        {
            var alignments = version / 7 + 2;
            modules -= (25 * alignments - 10) * alignments - 55 + (version >= 7 ? 36 : 0);
        }
        return modules / 8;
    }

    private byte[] Data(byte[] text)
    {
        var bits = new List<bool>();
        Append(bits, 0b0100, 4);
        Append(bits, text.Length, LengthBits(_version));
        foreach (var one in text)
            Append(bits, one, 8);
        var data = new byte[DataCodewords(_version)];
        Append(bits, 0, Math.Min(4, data.Length * 8 - bits.Count));
        Append(bits, 0, (8 - bits.Count % 8) % 8);
        for (var pad = 0xEC; bits.Count < data.Length * 8; pad ^= 0xEC ^ 0x11)
            Append(bits, pad, 8);
        for (var bit = 0; bit < bits.Count; bit++)
            data[bit / 8] |= (byte)(bits[bit] ? 128 >> (bit % 8) : 0);
        return data;
    }

    private static void Append(List<bool> bits, int value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
            bits.Add((value >> bit & 1) != 0);
    }

    // Blocks differ by one codeword of data; they travel column by column, so that a stain hurts each a little.
    private byte[] Interleave(byte[] data)
    {
        var (count, correction) = (Blocks[_version - 1], Correction[_version - 1]);
        var shorter = data.Length / count;
        var divisor = ReedSolomon.Divisor(correction);
        var blocks = new List<(byte[] Data, byte[] Correction)>();
        for (var (block, at) = (0, 0); block < count; block++)
        {
            var length = shorter + (block >= count - data.Length % count ? 1 : 0);
            var part = data[at..(at + length)];
            blocks.Add((part, ReedSolomon.Remainder(part, divisor)));
            at += length;
        }
        var columns = Enumerable.Range(0, shorter + 1).SelectMany(column => blocks.Where(block => column < block.Data.Length).Select(block => block.Data[column]));
        return [.. columns, .. Enumerable.Range(0, correction).SelectMany(column => blocks.Select(block => block.Correction[column]))];
    }

    private void DrawPatterns()
    {
        for (var at = 0; at < Size; at++)
        {
            Fix(6, at, at % 2 == 0);
            Fix(at, 6, at % 2 == 0);
        }
        foreach (var (row, column) in new[] { (3, 3), (3, Size - 4), (Size - 4, 3) })
            DrawSquares(row, column, reach: 4);
        var centres = Centres();
        foreach (var row in centres)
        {
            foreach (var column in centres.Where(column => !(row == 6 && column is 6) && !(row == 6 && column == Size - 7) && !(row == Size - 7 && column == 6)))
                DrawSquares(row, column, reach: 2);
        }
        DrawFormat(0);
        if (_version < 7)
            return;
        var bits = _version << 12 | Bch(_version, 0x1F25, 12);
        for (var bit = 0; bit < 18; bit++)
        {
            Fix(bit / 3, Size - 11 + bit % 3, (bits >> bit & 1) != 0);
            Fix(Size - 11 + bit % 3, bit / 3, (bits >> bit & 1) != 0);
        }
    }

    private int[] Centres()
    {
        if (_version == 1)
            return [];
        var count = _version / 7 + 2;
        var step = (_version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(index => Size - 7 - index * step).Reverse()];
    }

    // Finder and alignment patterns are squares in one another; a finder has a light one around it, cut off at the edge.
    private void DrawSquares(int row, int column, int reach)
    {
        for (var down = -reach; down <= reach; down++)
        {
            for (var right = -reach; right <= reach; right++)
            {
                var ring = Math.Max(Math.Abs(down), Math.Abs(right));
                if (row + down >= 0 && row + down < Size && column + right >= 0 && column + right < Size)
                    Fix(row + down, column + right, reach == 4 ? ring is not (2 or 4) : ring != 1);
            }
        }
    }

    private void DrawFormat(int mask)
    {
        var word = CorrectionM << 3 | mask;
        var bits = (word << 10 | Bch(word, 0x537, 10)) ^ 0x5412;
        for (var bit = 0; bit < 15; bit++)
        {
            var dark = (bits >> bit & 1) != 0;
            var (row, column) = bit < 6 ? (bit, 8) : bit < 8 ? (bit + 1, 8) : (8, bit == 8 ? 7 : 14 - bit);
            Fix(row, column, dark);
            Fix(bit < 8 ? 8 : Size - 15 + bit, bit < 8 ? Size - 1 - bit : 8, dark);
        }
        Fix(Size - 8, 8, true);
    }

    private static int Bch(int value, int generator, int bits)
    {
        var remainder = value;
        for (var bit = 0; bit < bits; bit++)
            remainder = remainder << 1 ^ (remainder >> (bits - 1) & 1) * generator;
        return remainder & ((1 << bits) - 1);
    }

    // Two columns at a time from the right, up and down in turn, around the vertical timing line.
    private void DrawData(byte[] codewords)
    {
        var bit = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            right -= right == 6 ? 1 : 0;
            for (var step = 0; step < Size; step++)
            {
                var row = (right + 1 & 2) == 0 ? Size - 1 - step : step;
                for (var column = right; column >= right - 1; column--)
                {
                    if (_fixed[row, column] || bit >= codewords.Length * 8)
                        continue;
                    _dark[row, column] = (codewords[bit / 8] >> (7 - bit % 8) & 1) != 0;
                    bit++;
                }
            }
        }
    }

    private void Fix(int row, int column, bool dark) => (_dark[row, column], _fixed[row, column]) = (dark, true);

    // Applied twice, a mask is gone again.
    private void Apply(int mask)
    {
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
                _dark[row, column] ^= !_fixed[row, column] && Masks[mask](row, column);
        }
        DrawFormat(mask);
    }

    private int Penalty(int mask)
    {
        Apply(mask);
        var penalty = QrPenalty.Of(_dark, Size);
        Apply(mask);
        return penalty;
    }
}
