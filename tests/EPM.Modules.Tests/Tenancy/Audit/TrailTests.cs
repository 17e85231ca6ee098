using EPM.Platform.Audit;
using EPM.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Tenancy.Audit;

public sealed class TrailTests : AuditTest
{
    [Fact]
    public async Task An_entry_is_written_by_the_commit_of_its_change_and_not_without_it()
    {
        await Tenant.InScopeAsync(async services =>
        {
            var session = services.GetRequiredService<TenantSession>();
            await session.BeginAsync(readOnly: false, CancellationToken.None);
            services.GetRequiredService<AuditTrail>().Record("store.opened", "store/UNDONE");
            await session.RollbackAsync();
            await session.BeginAsync(readOnly: false, CancellationToken.None);
            services.GetRequiredService<AuditTrail>().Record("store.opened", "store/DONE");
            await session.CommitAsync(CancellationToken.None);
            return 0;
        });
        (await SubjectsAsync()).ShouldContain("store/DONE");
        (await SubjectsAsync()).ShouldNotContain("store/UNDONE");
    }

    [Fact]
    public async Task What_did_not_change_is_left_out()
    {
        await RecordAsync("store.changed", "store/A", new { name = "Plateau", surface = 100, closedOn = (string?)null }, new { name = "Plateau", surface = 120, closedOn = "2026-01-01" });
        (await ScalarAsync<string>("SELECT before::text FROM platform.audit_entry WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1")).ShouldBe("""{"surface":100,"closedOn":null}""");
        (await ScalarAsync<string>("SELECT after::text FROM platform.audit_entry WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1")).ShouldBe("""{"surface":120,"closedOn":"2026-01-01"}""");
    }

    [Fact]
    public async Task Units_of_work_at_the_same_time_make_one_chain_without_gaps()
    {
        var before = await ScalarAsync<long>("SELECT count(*) FROM platform.audit_entry WHERE tenant_id = $1");
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => RecordAsync("store.changed", "store/A", new { i }, new { i = -1 })));
        (await ScalarAsync<long>("SELECT count(*) FROM platform.audit_entry WHERE tenant_id = $1")).ShouldBe(before + 24);
        (await ScalarAsync<long>("""
            SELECT count(*) FROM (SELECT number, previous, lag(hash) OVER (ORDER BY number) AS last, row_number() OVER (ORDER BY number) AS place
              FROM platform.audit_entry WHERE tenant_id = $1) e WHERE number <> place OR (last IS NOT NULL AND last <> previous)
            """)).ShouldBe(0);
    }

    private async Task<string[]> SubjectsAsync() =>
        await ScalarAsync<string[]>("SELECT array_agg(coalesce(subject, '')) FROM platform.audit_entry WHERE tenant_id = $1");
}
