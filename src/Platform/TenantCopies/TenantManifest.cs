using EPM.Platform.Tenancy;

namespace EPM.Platform.TenantCopies;

/// <summary>What a file with one chain says of itself. Sealed by a key of the deployment, so that neither it nor a table can be exchanged.</summary>
/// <param name="TakenAt">The moment its rows are of.</param>
/// <param name="Schema">The migrations its tables were made by.</param>
internal sealed record TenantManifest(int Format, TenantInfo Tenant, DateTimeOffset TakenAt, IReadOnlyList<string> Schema, IReadOnlyList<TableInFile> Tables)
{
    public const int CurrentFormat = 1;

    public long Rows => Tables.Sum(table => table.Rows);
}

/// <param name="Sha256">Of the table's rows as CSV, its header included.</param>
internal sealed record TableInFile(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256)
{
    /// <summary>Where in the file it is.</summary>
    public string Entry => $"tables/{Name}.csv";
}
