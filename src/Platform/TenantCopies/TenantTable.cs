namespace EPM.Platform.TenantCopies;

/// <summary>What restoring a chain does with a table. Its rows come back unless the table says otherwise, by grants or by its comment.</summary>
internal enum Restoring
{
    /// <summary>The rows become those of the file.</summary>
    Replaced,

    /// <summary>The application may add rows and never remove one: they stay, and come back only when the whole chain is gone.</summary>
    Appended,

    /// <summary>Not in the file, and not touched.</summary>
    Left,

    /// <summary>Not in the file, and empty afterwards.</summary>
    Emptied,

    /// <summary>Not in the file; its <c>version</c> goes up by one.</summary>
    Raised,
}

/// <summary>A table with rows of tenants.</summary>
/// <param name="Name">Schema and table.</param>
/// <param name="Key">The column that says whose a row is: <c>tenant_id</c>, or <c>tenant</c> where workers look for work across tenants.</param>
/// <param name="Columns">Those that are written, not computed or numbered by the database.</param>
/// <param name="Order">The primary key's.</param>
internal sealed record TenantTable(string Name, string Key, IReadOnlyList<string> Columns, IReadOnlyList<string> Order, Restoring Restoring)
{
    public bool IsInFile => Restoring is Restoring.Replaced or Restoring.Appended;

    /// <summary>A queue that hosts look into from outside any tenant.</summary>
    public bool IsQueue => Key != "tenant_id" && Restoring == Restoring.Replaced;

    public string ColumnList => string.Join(", ", Columns.Select(Quoted));

    public string OrderList => string.Join(", ", Order.Select(Quoted));

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
