using EPM.Platform.Audit;
using EPM.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Modules.Tests.Tenancy.Audit;

/// <summary>A chain with a few entries, and an administrator of the database who may do anything to them.</summary>
public abstract class AuditTest : FeatureTest
{
    private protected Task RecordAsync(string action = "store.changed", string subject = "store/A", object? before = null, object? after = null) =>
        Tenant.InTransactionAsync((_, services) =>
        {
            services.GetRequiredService<AuditTrail>().Record(action, subject, before, after);
            return Task.FromResult(0);
        });

    /// <summary>Entries up to a number, the last of them anchored.</summary>
    private protected async Task FillAsync(int upTo)
    {
        for (var number = await ScalarAsync<long>("SELECT count(*) FROM platform.audit_entry WHERE tenant_id = $1"); number < upTo; number++)
            await RecordAsync(after: new { number });
        Anchor();
    }

    /// <summary>Brings what was committed to the file of anchors; another host of this run may be at it.</summary>
    private protected void Anchor() => SpinWait.SpinUntil(Host.Services.GetRequiredService<AuditAnchors>().Flush);

    private protected Task<AuditReport> VerifyAsync(AuditKeys? keys = null, IEnumerable<AuditAnchor>? anchors = null) => Tenant.InScopeAsync(services =>
        new AuditVerification(keys ?? services.GetRequiredService<AuditKeys>(), TimeProvider.System).VerifyAsync(
            services.GetRequiredService<TenantSession>(), anchors ?? AnchorFile.Read(services.GetRequiredService<AuditAnchors>().Path), CancellationToken.None));

    private protected async Task<T> ScalarAsync<T>(string sql)
    {
        await using var admin = new NpgsqlConnection(Host.Connection);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand(sql, admin) { Parameters = { new() { Value = Tenant.Id } } };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What somebody does who owns the database; each statement names the tenant as <c>$1</c>.</summary>
    private protected async Task TamperAsync(params string[] statements)
    {
        await using var admin = new NpgsqlConnection(Host.Connection);
        await admin.OpenAsync();
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, admin) { Parameters = { new() { Value = Tenant.Id } } };
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0, sql);
        }
    }
}
