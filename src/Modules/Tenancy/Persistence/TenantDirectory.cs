using EPM.Platform.Caching;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Npgsql;

namespace EPM.Tenancy.Persistence;

/// <summary>Subdomain to tenant, answered from memory for a minute: every request asks.</summary>
internal sealed class TenantDirectory(Database database, TimeProvider time) : ITenantDirectory
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(60);

    // Short, so that a chain opened through another host is soon found; kept apart, so that guesses push out no tenant.
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(5);

    private readonly ExpiringCache<string, TenantInfo> _known = new(10_000, time);
    private readonly ExpiringCache<string, bool> _unknown = new(1_000, time);

    public async ValueTask<TenantInfo?> FindAsync(string slug, CancellationToken ct)
    {
        if (_known.TryGet(slug, out var known))
            return known;
        if (slug.Length > 63 || _unknown.TryGet(slug, out _))
            return null;
        var found = await ReadAsync(slug, ct);
        if (found is null)
            _unknown.Set(slug, true, time.GetUtcNow() + UnknownFor);
        else
            Learn(found);
        return found;
    }

    public async ValueTask<TenantInfo?> FindAsync(string slug, Guid id, CancellationToken ct)
    {
        if (_known.TryGet(slug, out var known) && known.Id == id)
            return known;
        if (await ReadAsync(slug, ct) is not { } found)
            return null;
        Learn(found);
        return found.Id == id ? found : null;
    }

    public async Task<IReadOnlyList<string>> SlugsAsync(CancellationToken ct)
    {
        var slugs = new List<string>();
        await using var select = database.Source.CreateCommand("SELECT slug FROM tenancy.directory ORDER BY slug");
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            slugs.Add(reader.GetString(0));
        return slugs;
    }

    public void Learn(TenantInfo tenant)
    {
        _unknown.Remove(tenant.Slug);
        _known.Set(tenant.Slug, tenant, time.GetUtcNow() + KnownFor);
    }

    public void Forget(string slug)
    {
        _known.Remove(slug);
        _unknown.Remove(slug);
    }

    // The directory names the tenant, and only inside that tenant's own transaction is anything about it readable.
    private Task<TenantInfo?> ReadAsync(string slug, CancellationToken ct) => database.ReadAsync(async connection =>
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT set_config('app.tenant', coalesce((SELECT tenant::text FROM tenancy.directory WHERE slug = $1), ''), true)")
                {
                    Parameters = { new NpgsqlParameter<string> { TypedValue = slug } },
                },
                new("SELECT tenant_id, slug, name, country, currency, time_zone, language FROM tenancy.tenant"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct)
            ? new TenantInfo(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6))
            : null;
    }, ct);
}
