using EPM.Platform.Persistence;
using EPM.Stores.Calendar;
using EPM.Stores.Domain;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Persistence;

internal sealed class StoresDbContext(TenantSession session) : ModuleDbContext(session, "stores")
{
    public DbSet<Region> Regions => Set<Region>();

    public DbSet<Store> Stores => Set<Store>();

    public DbSet<Closure> Closures => Set<Closure>();

    public DbSet<Objective> Objectives => Set<Objective>();

    public DbSet<Decision> Decisions => Set<Decision>();

    public DbSet<OwnEvent> OwnEvents => Set<OwnEvent>();

    protected override void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Region>(region => region.ToTable("region").HasKey(row => new { row.TenantId, row.RegionCode }));
        modelBuilder.Entity<Store>(store =>
        {
            store.ToTable("store").HasKey(row => new { row.TenantId, row.StoreNo });
            store.Ignore(row => row.Details);
        });
        modelBuilder.Entity<Closure>(closure => closure.ToTable("closure").HasKey(row => new { row.TenantId, row.StoreNo, row.FromDay }));
        modelBuilder.Entity<Objective>(objective => objective.ToTable("objective").HasKey(row => new { row.TenantId, row.StoreNo, row.Month }));
        modelBuilder.Entity<Decision>(decision =>
        {
            decision.ToTable("feast_decision").HasKey(row => new { row.TenantId, row.Code, row.Country, row.BaseDay });
            decision.Ignore(row => row.Key);
        });
        modelBuilder.Entity<OwnEvent>(own => own.ToTable("own_event").HasKey(row => new { row.TenantId, row.EventId }));
    }
}
