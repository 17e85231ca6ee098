using EPM.Platform.Http;
using EPM.Platform.Imports;

namespace EPM.Sales.Imports;

/// <summary>The kinds of file there are: sale lines, which have their own bulk path, and the small kinds that modules bring.</summary>
internal sealed class ImportKinds(IEnumerable<IImportKind> small)
{
    public const string Sales = "sales";

    public IReadOnlyList<ImportColumn> ColumnsOf(string kind) => kind == Sales ? SalesColumns.All : Small(kind).Columns;

    /// <exception cref="BadInput">There is no such kind.</exception>
    public IImportKind Small(string kind) =>
        small.FirstOrDefault(k => k.Name == kind) ?? throw new BadInput("import_kind_unknown", ("kind", kind));
}
