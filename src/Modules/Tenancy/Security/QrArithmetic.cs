namespace EPM.Tenancy.Security;

/// <summary>Reed-Solomon over GF(2^8) with the polynomial 0x11D, as QR codes use it.</summary>
internal static class ReedSolomon
{
    public static byte[] Divisor(int degree)
    {
        var divisor = new byte[degree];
        divisor[^1] = 1;
        for (byte round = 0, root = 1; round < degree; round++, root = Multiply(root, 2))
        {
            for (var at = 0; at < degree; at++)
                divisor[at] = (byte)(Multiply(divisor[at], root) ^ (at + 1 < degree ? divisor[at + 1] : 0));
        }
        return divisor;
    }

    public static byte[] Remainder(byte[] data, byte[] divisor)
    {
        var remainder = new byte[divisor.Length];
        foreach (var one in data)
        {
            var factor = (byte)(one ^ remainder[0]);
            for (var at = 0; at < remainder.Length; at++)
                remainder[at] = (byte)((at + 1 < remainder.Length ? remainder[at + 1] : 0) ^ Multiply(divisor[at], factor));
        }
        return remainder;
    }

    private static byte Multiply(byte one, byte other)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
            product = (product << 1) ^ ((product >> 7) * 0x11D) ^ ((other >> bit & 1) * one);
        return (byte)product;
    }
}

/// <summary>How hard a masked code is to read: the four rules of the standard (7.8.3).</summary>
internal static class QrPenalty
{
    private static readonly bool[] LikeAFinder = [true, false, true, true, true, false, true, false, false, false, false];

    public static int Of(bool[,] dark, int size)
    {
        var (penalty, count) = (0, 0);
        for (var row = 0; row < size; row++)
        {
            penalty += Line(at => dark[row, at], size) + Line(at => dark[at, row], size);
            for (var column = 0; column < size; column++)
            {
                count += dark[row, column] ? 1 : 0;
                penalty += row + 1 < size && column + 1 < size && IsBlock(dark, row, column) ? 3 : 0;
            }
        }
        var off = Math.Abs(count * 20 - size * size * 10);
        return penalty + 10 * (off / (size * size));
    }

    private static bool IsBlock(bool[,] dark, int row, int column) =>
        dark[row, column] == dark[row + 1, column] && dark[row, column] == dark[row, column + 1] && dark[row, column] == dark[row + 1, column + 1];

    private static int Line(Func<int, bool> at, int size)
    {
        var penalty = 0;
        for (var (start, end) = (0, 0); start < size; start = end)
        {
            while (end < size && at(end) == at(start))
                end++;
            penalty += end - start >= 5 ? end - start - 2 : 0;
        }
        for (var start = 0; start + LikeAFinder.Length <= size; start++)
        {
            var from = start;
            if (Enumerable.Range(0, LikeAFinder.Length).All(offset => at(from + offset) == LikeAFinder[offset]))
                penalty += 40;
            if (Enumerable.Range(0, LikeAFinder.Length).All(offset => at(from + offset) == LikeAFinder[^(offset + 1)]))
                penalty += 40;
        }
        return penalty;
    }
}
