using EPM.Platform.Audit;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Tenancy.Audit;

/// <summary>Whatever is done to a trail in the database is found (TRUST T39).</summary>
public sealed class ChainTests : AuditTest
{
    private const string Where = "WHERE tenant_id = $1 AND number = ";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await FillAsync(8);
    }

    [Fact]
    public async Task An_untouched_trail_is_intact()
    {
        var report = await VerifyAsync();
        (report.Intact, report.Reason, report.First, report.Last, report.Anchor?.Number).ShouldBe((true, null, 1, report.Entries, report.Entries));
    }

    [Theory]
    [InlineData("user_name = 'Somebody'")]
    [InlineData("subject = 'store/B'")]
    [InlineData("subject = NULL")]
    [InlineData("action = 'store.opened'")]
    [InlineData("at = at + interval '1 microsecond'")]
    [InlineData("after = (replace(after::text, ':', ': '))::json")]
    [InlineData("before = '{}'")]
    [InlineData("user_id = '00000000-0000-7000-8000-000000000001'")]
    [InlineData("via = 'key'")]
    [InlineData("address = ''")]
    [InlineData("hash = set_byte(hash, 31, get_byte(hash, 31) # 1)")]
    [InlineData("previous = set_byte(previous, 0, get_byte(previous, 0) # 1)")]
    public async Task One_changed_byte_is_found(string change)
    {
        await TamperAsync($"UPDATE platform.audit_entry SET {change} {Where} 5");
        var report = await VerifyAsync();
        (report.BrokenAt, report.Reason).ShouldBe((5, AuditFaults.Changed));
    }

    [Fact]
    public async Task A_removed_row_is_found()
    {
        await TamperAsync($"DELETE FROM platform.audit_entry {Where} 3");
        (await VerifyAsync()).ShouldSatisfyAllConditions(report => report.BrokenAt.ShouldBe(3), report => report.Reason.ShouldBe(AuditFaults.Missing));
    }

    [Fact]
    public async Task Two_rows_that_changed_places_are_found()
    {
        await TamperAsync($"UPDATE platform.audit_entry SET number = 1000 {Where} 4", $"UPDATE platform.audit_entry SET number = 4 {Where} 5", $"UPDATE platform.audit_entry SET number = 5 {Where} 1000");
        (await VerifyAsync()).ShouldSatisfyAllConditions(report => report.BrokenAt.ShouldBe(4), report => report.Reason.ShouldBe(AuditFaults.Changed));
    }

    [Fact]
    public async Task A_cut_tail_is_found_by_the_anchor_though_the_head_was_made_to_fit()
    {
        await TamperAsync("DELETE FROM platform.audit_entry WHERE tenant_id = $1 AND number > 6",
            "UPDATE platform.audit_head h SET number = 6, hash = e.hash FROM platform.audit_entry e WHERE h.tenant_id = $1 AND e.tenant_id = $1 AND e.number = 6");
        (await VerifyAsync()).ShouldSatisfyAllConditions(report => report.BrokenAt.ShouldBe(7), report => report.Reason.ShouldBe(AuditFaults.Tail));
        (await VerifyAsync(anchors: [])).Intact.ShouldBeTrue("that is what the anchors are for");
    }

    [Fact]
    public async Task A_trail_that_is_gone_altogether_is_found()
    {
        await TamperAsync("DELETE FROM platform.audit_entry WHERE tenant_id = $1", "DELETE FROM platform.audit_head WHERE tenant_id = $1");
        (await VerifyAsync()).ShouldSatisfyAllConditions(report => report.BrokenAt.ShouldBe(1), report => report.Reason.ShouldBe(AuditFaults.Tail));
    }

    [Fact]
    public async Task A_tail_cut_without_the_head_is_found_without_an_anchor()
    {
        await TamperAsync("DELETE FROM platform.audit_entry WHERE tenant_id = $1 AND number > 6");
        (await VerifyAsync(anchors: [])).Reason.ShouldBe(AuditFaults.Tail);
    }

    [Fact]
    public async Task A_trail_made_anew_by_who_owns_only_the_database_is_found_also_under_the_right_keys_name()
    {
        await ForgetAsync();
        var stranger = new AuditKeys(new DeploymentKeys(Host.Services.GetRequiredService<EpmSettings>() with { Secret = "what a stranger would make up by himself" }));
        await RebuildAsync(new AuditChain(stranger, Host.Services.GetRequiredService<AuditAnchors>()));
        (await VerifyAsync(anchors: [])).Reason.ShouldBe(AuditFaults.Key);
        await TamperAsync($"UPDATE platform.audit_entry SET key_id = '{Host.Services.GetRequiredService<AuditKeys>().CurrentId}' WHERE tenant_id = $1");
        (await VerifyAsync(anchors: [])).ShouldSatisfyAllConditions(report => report.BrokenAt.ShouldBe(1), report => report.Reason.ShouldBe(AuditFaults.Changed));
    }

    [Fact]
    public async Task A_trail_made_anew_with_the_secret_too_is_found_by_the_anchors()
    {
        var kept = AnchorFile.Read(Host.Services.GetRequiredService<AuditAnchors>().Path).Where(anchor => anchor.Tenant == Tenant.Id).ToArray();
        await ForgetAsync();
        await RebuildAsync(Host.Services.GetRequiredService<AuditChain>());
        (await VerifyAsync(anchors: kept)).Reason.ShouldBe(AuditFaults.Anchor);
    }

    [Fact]
    public async Task Entries_of_an_earlier_secret_still_verify_when_it_is_told()
    {
        var settings = Host.Services.GetRequiredService<EpmSettings>();
        var now = settings with { Secret = "the next secret of this deployment, longer" };
        (await VerifyAsync(new AuditKeys(new DeploymentKeys(now)))).Reason.ShouldBe(AuditFaults.Key);
        (await VerifyAsync(new AuditKeys(new DeploymentKeys(now with { SecretsBefore = [settings.Secret!] })))).Intact.ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE platform.audit_entry SET action = action")]
    [InlineData("DELETE FROM platform.audit_entry")]
    [InlineData("TRUNCATE platform.audit_entry")]
    [InlineData("DELETE FROM platform.audit_head")]
    [InlineData("TRUNCATE platform.audit_head")]
    [InlineData("ALTER TABLE platform.audit_entry DISABLE ROW LEVEL SECURITY")]
    public async Task The_applications_role_can_only_add_and_read(string attempt)
    {
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        (await app.TryAsync(attempt)).State.ShouldBe("42501");
    }

    private Task ForgetAsync() => TamperAsync("DELETE FROM platform.audit_entry WHERE tenant_id = $1", "DELETE FROM platform.audit_head WHERE tenant_id = $1");

    private Task<int> RebuildAsync(AuditChain chain) => Tenant.InScopeAsync(async services =>
    {
        var session = services.GetRequiredService<TenantSession>();
        await session.BeginAsync(readOnly: false, CancellationToken.None);
        var entry = new AuditEntry(DateTimeOffset.UnixEpoch, null, null, null, CameBy.System, "store.opened", "store/FALSE", null, null, null, null);
        await chain.AppendAsync(session, [.. Enumerable.Repeat(entry, 8)], CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
        return 0;
    });
}
