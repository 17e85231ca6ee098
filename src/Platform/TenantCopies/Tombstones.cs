using EPM.Platform.Backup;
using EPM.Platform.Modules;

namespace EPM.Platform.TenantCopies;

/// <param name="DataVersion">The last version of the chain's figures.</param>
internal sealed record Tombstone(Guid Tenant, long DataVersion);

/// <summary>What is left of deleted chains. The application only reads it: only the administrator writes it.</summary>
internal sealed class Tombstones(EpmSettings settings, TimeProvider time)
{
    /// <returns>Of the chain that had this name last; null when none that is gone had it.</returns>
    public async Task<Tombstone?> FindAsync(string slug, CancellationToken ct)
    {
        await using var server = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        return (await server.ListAsync("SELECT tenant, data_version FROM platform.deleted_tenant WHERE slug = $1 AND restored_at IS NULL ORDER BY deleted_at DESC LIMIT 1",
            reader => new Tombstone(reader.GetGuid(0), reader.GetInt64(1)), ct, slug)).FirstOrDefault();
    }

    /// <summary>Lets people write to a chain again that has come back.</summary>
    public async Task LiftAsync(Guid tenant, CancellationToken ct)
    {
        await using var server = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        await server.ExecuteAsync("UPDATE platform.deleted_tenant SET restored_at = $2 WHERE tenant = $1 AND restored_at IS NULL", ct, tenant, time.GetUtcNow());
    }
}
