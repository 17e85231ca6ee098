using EPM.Platform.Imports;

namespace EPM.Sales.Imports.Reading;

/// <summary>How one file is to be read: decided once when it is received, so that a resumed import reads it the same way.</summary>
internal sealed record Layout
{
    public const string Csv = "csv";
    public const string JsonLines = "jsonl";

    public required string Format { get; init; }

    /// <summary>utf-8 or windows-1252.</summary>
    public required string Encoding { get; init; }

    public required char Separator { get; init; }

    public required char Decimal { get; init; }

    public required DateOrder DateOrder { get; init; }

    /// <summary>Column names of the file, in order.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>Canonical column to its index in <see cref="Header"/>.</summary>
    public required IReadOnlyDictionary<string, int> Columns { get; init; }

    /// <summary>Canonical columns that have the same value on every line.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True when a line's number is its place within its ticket, in file order.</summary>
    public bool LineIsOrdinal { get; init; }

    public bool CreatesProducts { get; init; }

    public bool CreatesStores { get; init; }

    public FieldFormat FieldFormat => new(Decimal, DateOrder);

    /// <returns>The column's index, or -1 when the file has none.</returns>
    public int IndexOf(string column) => Columns.TryGetValue(column, out var index) ? index : -1;
}
