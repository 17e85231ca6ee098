using EPM.Platform.Persistence;

namespace EPM.Sales.Catalogue;

internal sealed class Category : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required int CategoryNo { get; init; }

    public required string Code { get; init; }

    public required string Name { get; set; }

    /// <summary>Set only where <see cref="CategoryTree.Fault"/> finds none.</summary>
    public int? ParentNo { get; set; }
}
