namespace EPM.Forecast.CommandLine;

/// <summary>Ids that are made of parts (STORE_PRODUCT, FOODS-3-090-CA-1) say what a series belongs to: each part is a dimension.</summary>
internal static class GroupsOfIds
{
    private static readonly char[] Separators = ['_', '/', '-', '|', ' ', '.'];

    /// <returns>By series; empty where the ids have not all the same number of parts, or parts that tell nothing apart.</returns>
    public static IReadOnlyList<string>[] Of(IReadOnlyList<string> ids)
    {
        var parts = ids.Select(id => id.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        if (parts.Length == 0 || parts[0].Length < 2 || parts.Any(part => part.Length != parts[0].Length))
            return [.. ids.Select(_ => Array.Empty<string>())];
        int[] telling = [.. Enumerable.Range(0, parts[0].Length).Where(at => parts.Select(part => part[at]).Distinct(StringComparer.Ordinal).Count() is var many && many > 1 && many <= ids.Count / 2)];
        return [.. parts.Select(part => telling.Select(at => part[at]).ToArray())];
    }
}
