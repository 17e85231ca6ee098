using EPM.Platform.Persistence;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Invitations;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Persistence;

internal sealed class TenancyDbContext(TenantSession session) : ModuleDbContext(session, "tenancy")
{
    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<User> Users => Set<User>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    protected override void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Tenant>().ToTable("tenant").HasKey(tenant => tenant.TenantId);
        var user = modelBuilder.Entity<User>().ToTable("app_user");
        user.HasKey(person => new { person.TenantId, person.UserId });
        user.Ignore(person => person.Scope);
        var key = modelBuilder.Entity<ApiKey>().ToTable("api_key");
        key.HasKey(one => new { one.TenantId, one.KeyId });
        key.Property(one => one.Scope).HasColumnType("jsonb");
        var invitation = modelBuilder.Entity<Invitation>().ToTable("invitation");
        invitation.HasKey(one => new { one.TenantId, one.InvitationId });
        invitation.Property(one => one.Scope).HasColumnType("jsonb");
    }
}
