using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Catalogue;

/// <summary>Numbers of products and categories are given out, and the catalogue's version raised, by one transaction of a tenant at a time.</summary>
internal static class CatalogueNumbers
{
    /// <summary>Code of the category of products that nobody has placed.</summary>
    public const string Uncategorised = "non-classe";

    /// <summary>Waits for whoever gives out numbers; what they committed is seen by the statements that follow.</summary>
    public static async Task LockAsync(TenantSession session, CancellationToken ct)
    {
        await using var take = session.Command("SELECT pg_advisory_xact_lock(hashtextextended('sales.catalogue:' || $1, 0))");
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = session.TenantId.ToString() });
        await take.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Begins an edit that alters what sales are filed under: waits for imports under way, so that they and the rebuilt rollups agree.
    /// Always taken before <see cref="LockAsync"/>.
    /// </summary>
    public static async Task RaiseVersionAsync(TenantSession session, CancellationToken ct)
    {
        await using var raise = session.Command("""
            INSERT INTO sales.catalogue_version AS v (tenant_id) VALUES ($1) ON CONFLICT (tenant_id) DO UPDATE SET version = v.version + 1
            """);
        raise.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        await raise.ExecuteNonQueryAsync(ct);
    }
}
