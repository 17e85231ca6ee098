using EPM.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

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
            product.Property(row => row.Search).ValueGeneratedOnAddOrUpdate();
        });
        modelBuilder.Entity<ProductCost>(cost => cost.ToTable("product_cost").HasKey(row => new { row.TenantId, row.ProductNo, row.ValidFrom }));
    }
}
