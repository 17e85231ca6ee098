using EPM.Forecast.Domain;
using EPM.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Persistence;

/// <summary>What people say of forecasts and of history: overrides, corrections, outliers.</summary>
internal sealed class PlanningDbContext(TenantSession session) : ModuleDbContext(session, "forecast")
{
    public DbSet<Override> Overrides => Set<Override>();

    public DbSet<Correction> Corrections => Set<Correction>();

    public DbSet<Outlier> Outliers => Set<Outlier>();

    protected override void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Override>(entity => entity.ToTable("override").HasKey(row => new { row.TenantId, row.OverrideId, row.Version }));
        modelBuilder.Entity<Override>().Ignore(row => row.Breadth);
        modelBuilder.Entity<Correction>(entity => entity.ToTable("correction").HasKey(row => new { row.TenantId, row.StoreNo, row.ProductNo, row.Day }));
        modelBuilder.Entity<Outlier>(entity => entity.ToTable("outlier").HasKey(row => new { row.TenantId, row.OutlierId }));
    }
}
