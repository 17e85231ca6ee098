namespace EPM.Sales.Imports.Applying;

/// <summary>Which lines a dry run has met: it writes none, and so could not find them stored when the file gives them again.</summary>
internal sealed class DryRunMemory
{
    private readonly Dictionary<ulong, ulong> _met = [];

    /// <returns>Null for a line not met before; otherwise whether it said the same.</returns>
    public bool? Meet(in SaleLine line)
    {
        var key = Mix(Mix(Hash(line.Ticket), (ulong)line.StoreNo), (ulong)line.Line);
        var content = Mix(Mix(Mix(Mix((ulong)line.ProductNo, (ulong)line.Instant), (ulong)line.Quantity), (ulong)line.UnitPrice),
            Mix((ulong)line.Discount, Hash(line.Customer) + (ulong)line.TaxBasisPoints));
        if (_met.TryGetValue(key, out var before))
            return before == content;
        _met.Add(key, content);
        return null;
    }

    // FNV-1a: sixty-four bits make an accidental meeting of two keys a matter of one in millions of files.
    private static ulong Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in text)
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        var mixed = (hash ^ (value + 0x9E37_79B9_7F4A_7C15UL + (hash << 6) + (hash >> 2))) * 0xBF58_476D_1CE4_E5B9UL;
        return mixed ^ (mixed >> 31);
    }
}
