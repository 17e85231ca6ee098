namespace EPM.Stores.Contracts;

/// <summary>What a store's or a region's code may look like: it stands in addresses and in comma-separated filters.</summary>
public static class StoreCode
{
    public const int MostCharacters = 40;

    public static bool IsValid(ReadOnlySpan<char> code)
    {
        if (code.Length is 0 or > MostCharacters || char.IsWhiteSpace(code[0]) || char.IsWhiteSpace(code[^1]) || code is "." or "..")
            return false;
        foreach (var letter in code)
        {
            if (letter is ',' or '/' or '\\' || char.IsControl(letter))
                return false;
        }
        return true;
    }
}
