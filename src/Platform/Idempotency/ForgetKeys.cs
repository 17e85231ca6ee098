using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPM.Platform.Idempotency;

/// <summary>Removes, once an hour, the keys nobody will be answered by any more. Each tenant's in its own unit of work.</summary>
public sealed partial class ForgetKeys(IServiceScopeFactory scopes, ITenantDirectory directory, TimeProvider time, ILogger<ForgetKeys> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(Between, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await hours.WaitForNextTickAsync(stoppingToken);
                await ForgetAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
    }

    /// <returns>How many keys were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        var forgotten = 0;
        foreach (var slug in await directory.SlugsAsync(ct))
        {
            try
            {
                if (await directory.FindAsync(slug, ct) is { } tenant)
                    forgotten += await ForgetAsync(tenant, ct);
            }
            catch (Failure gone) when (gone is TenantClosed or NotFound)
            {
                // Restored or deleted at this moment: the next hour comes by again.
            }
        }
        return forgotten;
    }

    private async Task<int> ForgetAsync(TenantInfo tenant, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
        var session = scope.ServiceProvider.GetRequiredService<TenantSession>();
        await session.BeginAsync(readOnly: false, ct);
        await using var forget = session.Command("DELETE FROM platform.idempotency WHERE tenant_id = $1 AND made_at <= $2");
        forget.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant.Id });
        forget.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() - KeyedRequest.KeptFor });
        var forgotten = await forget.ExecuteNonQueryAsync(ct);
        await session.CommitAsync(ct);
        return forgotten;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old idempotency keys could not be removed; the next hour tries again")]
    private partial void LogFailed(Exception failure);
}
