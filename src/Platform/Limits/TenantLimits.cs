using EPM.Platform.Caching;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Limits;

/// <summary>How much a tenant may ask of the service.</summary>
/// <param name="RequestsPerMinute">Of each person and each key.</param>
/// <param name="UploadsAtOnce">Files being received at the same time.</param>
public sealed record Allowance(int RequestsPerMinute, int UploadsAtOnce);

/// <summary>Each tenant's limits, remembered for a few seconds: the deployment's, or what its administrator has set within the deployment's bounds.</summary>
public sealed class TenantLimits(EpmSettings settings, TimeProvider time)
{
    public const int FewestRequests = 10;
    public const int MostUploads = 8;

    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly ExpiringCache<Guid, Allowance> _known = new(10_000, time);

    public Allowance Default { get; } = new(settings.RequestsPerMinute, 2);

    /// <summary>The most an administrator may set.</summary>
    public int MostRequests { get; } = Math.Max(settings.RequestsPerMinute, settings.MostRequestsPerMinute);

    public async ValueTask<Allowance> OfAsync(TenantSession session, CancellationToken ct)
    {
        if (_known.TryGet(session.TenantId, out var known))
            return known;
        var limits = await session.ReadAsync("SELECT requests_per_minute, uploads_at_once FROM platform.tenant_limits", Array.Empty<NpgsqlParameter>(),
            async reader => await reader.ReadAsync(ct) ? new Allowance(Math.Min(reader.GetInt32(0), MostRequests), Math.Min(reader.GetInt32(1), MostUploads)) : Default, ct);
        _known.Set(session.TenantId, limits, time.GetUtcNow() + KnownFor);
        return limits;
    }

    public void Forget(Guid tenant) => _known.Remove(tenant);
}
