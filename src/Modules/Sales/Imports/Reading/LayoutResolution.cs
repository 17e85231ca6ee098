using EPM.Platform.Imports;

namespace EPM.Sales.Imports.Reading;

/// <summary>Completes a detected layout: built-in mappings that fit are taken by themselves, and what is still missing is told.</summary>
internal static class LayoutResolution
{
    /// <returns>The built-in mapping whose columns the header has all of, or null. The one with more columns wins.</returns>
    public static Mapping? Fitting(IReadOnlyList<string> header, IEnumerable<Mapping> mappings)
    {
        var have = header.Select(Headers.Fold).ToHashSet(StringComparer.Ordinal);
        return mappings.Where(mapping => mapping.Columns.Values.All(source => have.Contains(Headers.Fold(source))))
            .MaxBy(mapping => mapping.Columns.Count);
    }

    public static Layout Resolve(DetectedFile detected, IReadOnlyList<ImportColumn> columns, Mapping? mapping, ReadOnlySpan<byte> head)
    {
        var layout = detected.Layout;
        if (mapping is null && ReferenceEquals(columns, SalesColumns.All))
        {
            // A file with no store and no ticket is one that only the built-in layouts can make sense of.
            var known = layout.Columns.ContainsKey(SalesColumns.Store) ? null : Fitting(layout.Header, BuiltInMappings.All);
            if (known is null && IsDailyQuantities(layout))
                known = BuiltInMappings.DailyQuantities with { Columns = Named(layout) };
            if (known is not null)
                layout = LayoutDetection.Detect(head, columns, known).Layout;
        }
        // Without its own line numbers, a line is known by its place within the ticket.
        return layout.Columns.ContainsKey(SalesColumns.Line) ? layout : layout with { LineIsOrdinal = true };
    }

    public static IReadOnlyList<string> Missing(Layout layout, IReadOnlyList<ImportColumn> columns) =>
        [.. columns.Where(column => column.Required && !layout.Columns.ContainsKey(column.Name) && !layout.Constants.ContainsKey(column.Name))
            .Select(column => column.Name)];

    private static bool IsDailyQuantities(Layout layout) =>
        layout.Columns.ContainsKey(SalesColumns.SoldAt) && layout.Columns.ContainsKey(SalesColumns.Sku)
        && layout.Columns.ContainsKey(SalesColumns.Quantity) && !layout.Columns.ContainsKey(SalesColumns.Store)
        && !layout.Columns.ContainsKey(SalesColumns.Ticket);

    private static Dictionary<string, string> Named(Layout layout) =>
        layout.Columns.ToDictionary(column => column.Key, column => layout.Header[column.Value], StringComparer.Ordinal);
}
