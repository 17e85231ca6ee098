using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace EPM.Platform.Persistence;

/// <summary>A row of tenant data.</summary>
public interface ITenantOwned
{
    /// <summary>First column of the primary key; stamped on insert.</summary>
    Guid TenantId { get; }
}

/// <summary>
/// A module's own tables on the unit of work's connection. Filters and stamps the tenant; forced row-level security stands underneath.
/// Create it only inside a begun <see cref="TenantSession"/>.
/// </summary>
public abstract class ModuleDbContext : DbContext
{
    private readonly TenantSession _session;
    private readonly string _schema;

    protected ModuleDbContext(TenantSession session, string schema)
    {
        _session = session;
        _schema = schema;
        Database.UseTransaction(session.Transaction);
        session.Enlist(this);
    }

    /// <summary>Forgets what a failed try had read and goes on in the transaction of the next.</summary>
    internal void StartAgain()
    {
        ChangeTracker.Clear();
        Database.UseTransaction(transaction: null);
        Database.SetDbConnection(_session.Connection);
        Database.UseTransaction(_session.Transaction);
    }

    /// <summary>Read by the query filter on every query: a property, never a value baked into the cached model.</summary>
    public Guid TenantId => _session.TenantId;

    protected sealed override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql(_session.Connection);

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(_schema);
        Map(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.GetTableName() ?? entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
            if (typeof(ITenantOwned).IsAssignableFrom(entity.ClrType))
                modelBuilder.Entity(entity.ClrType).HasQueryFilter(OfThisTenant(entity.ClrType));
        }
    }

    /// <summary>Declares the module's entities; keys begin with the tenant.</summary>
    protected abstract void Map(ModelBuilder modelBuilder);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>().Where(entry => entry.State == EntityState.Added))
            entry.Property(nameof(ITenantOwned.TenantId)).CurrentValue = TenantId;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private LambdaExpression OfThisTenant(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var owner = Expression.Property(row, nameof(ITenantOwned.TenantId));
        return Expression.Lambda(Expression.Equal(owner, Expression.Property(Expression.Constant(this), nameof(TenantId))), row);
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0 && text[^1] != '_')
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
