using EPM.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EPM.Sales.Catalogue;

internal sealed class CatalogueDbContext(TenantSession session) : ModuleDbContext(session, "sales")
{
    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<ProductCost> Costs => Set<ProductCost>();

    protected override void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Category>(category => category.ToTable("category").HasKey(row => new { row.TenantId, row.CategoryNo }));
        modelBuilder.Entity<Product>(product =>
        {
            product.ToTable("product").HasKey(row => new { row.TenantId, row.ProductNo });
            // Neither written nor read back: EF's own word for computed columns would fetch the text after every save.
            var search = product.Property(row => row.Search).Metadata;
            search.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
            search.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        });
        modelBuilder.Entity<ProductCost>(cost => cost.ToTable("product_cost").HasKey(row => new { row.TenantId, row.ProductNo, row.ValidFrom }));
    }
}
