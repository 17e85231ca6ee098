namespace EPM.Sales.Imports.Reading;

/// <summary>Reads a file record by record. Fields are spans into the reader's buffer, valid until the next record.</summary>
internal abstract class RecordReader
{
    /// <summary>One-based line on which the current record begins.</summary>
    public long Line { get; protected set; }

    /// <summary>Number of fields in the current record.</summary>
    public int Count { get; protected set; }

    /// <summary>The field, trimmed and unescaped; empty beyond the record's end.</summary>
    public abstract ReadOnlySpan<char> Field(int index);

    /// <summary>The record as it stands in the file.</summary>
    public abstract ReadOnlySpan<char> Raw { get; }

    /// <returns>False at the end of the file.</returns>
    public abstract bool Next();

    public static RecordReader Open(TextReader text, Layout layout) =>
        layout.Format == Layout.JsonLines ? new JsonLinesReader(text, layout.Header) : new DelimitedReader(text, layout.Separator);
}
