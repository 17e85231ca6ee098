using System.Threading.Channels;
using EPM.Platform.Caching;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPM.Tenancy.Security;

/// <summary>When a key was last used and from where, to the minute: no request waits for it, and losing one note changes nothing.</summary>
internal sealed partial class KeyUse(IServiceScopeFactory scopes, TimeProvider time, ILogger<KeyUse> logger) : BackgroundService
{
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(1);

    private readonly ExpiringCache<(Guid Tenant, string Id), bool> _noted = new(10_000, time);
    private readonly Channel<Used> _waiting = Channel.CreateBounded<Used>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Note(TenantInfo tenant, string id, string? from)
    {
        if (_noted.TryGet((tenant.Id, id), out _))
            return;
        var now = time.GetUtcNow();
        _noted.Set((tenant.Id, id), true, now + Coarse);
        _waiting.Writer.TryWrite(new Used(tenant, id, from, now));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var used in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await KeepAsync(used, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogLost(failure, used.Id);
            }
        }
    }

    private async Task KeepAsync(Used used, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(used.Tenant);
        var unit = scope.ServiceProvider.GetRequiredService<TenantSession>();
        await unit.BeginAsync(readOnly: false, ct);
        await using (var keep = unit.Command("UPDATE tenancy.api_key SET last_used_at = $1, last_used_from = $2 WHERE key_id = $3 AND (last_used_at IS NULL OR last_used_at < $1)"))
            await keep.With(used.At).With(used.From).With(used.Id).ExecuteNonQueryAsync(ct);
        await unit.CommitAsync(ct);
    }

    private sealed record Used(TenantInfo Tenant, string Id, string? From, DateTimeOffset At);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of key {Key} could not be kept")]
    private partial void LogLost(Exception failure, string key);
}
