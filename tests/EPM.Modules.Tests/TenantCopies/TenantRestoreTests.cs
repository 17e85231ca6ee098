using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Audit;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.TenantCopies;

/// <summary>TRUST T35: one chain goes back to what it was, and no other notices.</summary>
public sealed class TenantRestoreTests : CopiesTest
{
    private const string Question = "/api/v1/dashboard?from=2026-01-01&to=2026-01-31";

    [Fact]
    public async Task A_chain_is_what_it_was_while_others_go_on_writing()
    {
        var still = await NewChainAsync();
        var (before, untouched) = (await PrintsAsync(Tenant), await PrintsAsync(still, all: true));
        var file = await ExportAsync();
        await DestroyAsync();
        (await PrintsAsync(Tenant)).ShouldNotBe(before);

        using var done = new CancellationTokenSource();
        var writing = WriteUntilAsync(Neighbour, done.Token);
        var restored = await RestoreAsync(file);
        await done.CancelAsync();
        var acknowledged = await writing;

        (await PrintsAsync(Tenant)).ShouldBe(before);
        restored.Rows.ShouldBeGreaterThan(60);
        (await PrintsAsync(still, all: true)).ShouldBe(untouched);
        (await Neighbour.AskAsync<long>("SELECT count(*) FROM stores.region WHERE region_code LIKE 'w%'")).ShouldBe(acknowledged);
        // Counters hold on to what is theirs: the next import and product have numbers of their own.
        Tenant.SignInAgain();
        await Tenant.SellAsync(Lines("T9", 3));
    }

    [Fact]
    public async Task Every_host_shows_the_figures_of_then()
    {
        var (other, token) = (await NewHostAsync(), await TokenAsync());
        var then = await FiguresAsync(other, token);
        var file = await ExportAsync();
        await Tenant.SellAsync(Lines("T2", 40));
        await UntilAsync(async () => await FiguresAsync(other, token) != then);
        await RestoreAsync(file);
        token = await TokenAsync();
        (await FiguresAsync(Host, token)).ShouldBe(then);
        // Heard by the other host within moments.
        await UntilAsync(async () => await FiguresAsync(other, token) == then);
    }

    [Fact]
    public async Task Its_trail_goes_on_and_tells_of_it_and_everybody_signs_in_again()
    {
        var director = await Tenant.As(Roles.Director);
        var file = await ExportAsync();
        var entries = await AskAsync<long>("SELECT number FROM platform.audit_head WHERE tenant_id = $1", Tenant.Id);
        await DestroyAsync();
        var destroyed = await AskAsync<long>("SELECT number FROM platform.audit_head WHERE tenant_id = $1", Tenant.Id);
        destroyed.ShouldBeGreaterThan(entries);
        await RestoreAsync(file);

        (await AskAsync<string>("SELECT action || ' ' || (after->>'by') || ' ' || (after->>'file') FROM platform.audit_entry WHERE tenant_id = $1 AND number = $2", Tenant.Id, destroyed + 1))
            .ShouldBe($"tenant.restored {By} {Path.GetFileName(file)}");
        (await AskAsync<long>("SELECT count(*) FROM platform.audit_entry WHERE tenant_id = $1 AND action = 'tenant.exported'", Tenant.Id)).ShouldBe(1);
        var report = await Tenant.InScopeAsync(services => services.GetRequiredService<AuditVerification>()
            .VerifyAsync(services.GetRequiredService<TenantSession>(), [], CancellationToken.None));
        report.Intact.ShouldBeTrue(report.Reason);

        (await AskAsync<long>("SELECT count(*) FROM tenancy.session WHERE tenant_id = $1", Tenant.Id)).ShouldBe(0);
        await UntilAsync(async () =>
        {
            using var answer = await director.GetAsync("/api/v1/me");
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        });
        (await Tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Director))).GetProperty("accessToken").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task An_import_that_waited_then_waits_again_and_runs_to_its_end()
    {
        // Behind a job of its kind that is held by somebody, it waits.
        await ExecuteAsync("INSERT INTO platform.job (job_id, tenant, slug, kind, subject, worker, leased_until) VALUES (gen_random_uuid(), $1, $2, 'import', gen_random_uuid(), 'essai', clock_timestamp() + interval '1 hour')", Tenant.Id, Tenant.Slug);
        using var response = await Tenant.UploadAsync(Uploads.Csv(Lines("T6", 12)));
        var import = await response.IdAsync();
        var file = await ExportAsync();
        await ExecuteAsync("DELETE FROM platform.job WHERE worker = 'essai'");
        var told = (await Tenant.EndOfAsync(import)).Told();
        var (sold, lines) = (await PrintsAsync(Tenant), await Tenant.LinesAsync());
        await DestroyAsync();

        await RestoreAsync(file);

        (await Tenant.AskAsync<long>("SELECT count(*) FROM sales.line WHERE ticket = 'T6'")).ShouldBeOneOf(0, 12);
        Tenant.SignInAgain();
        (await Tenant.EndOfAsync(import)).Told().ShouldBe(told);
        (await Tenant.LinesAsync()).ShouldBe(lines);
        // All but when it was started and ended.
        (await PrintsAsync(Tenant)).Except(sold).ShouldHaveSingleItem().ShouldContain("sales.import");
    }

    [Fact]
    public async Task Whoever_writes_meanwhile_is_told_to_come_again_and_whoever_reads_reads()
    {
        var admin = await Tenant.As(Roles.Admin);
        await Neighbour.As(Roles.Admin);
        await Tenant.InScopeAsync(async services =>
        {
            await using var alone = services.GetRequiredService<TenantSession>();
            alone.Alone = true;
            await alone.BeginAsync(readOnly: false, CancellationToken.None);
            using var refused = await AddRegionAsync(Tenant, "r1");
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            using var read = await admin.GetAsync("/api/v1/users");
            read.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var other = await AddRegionAsync(Neighbour, "r1");
            other.StatusCode.ShouldBe(HttpStatusCode.Created);
            return 0;
        });
        using var again = await AddRegionAsync(Tenant, "r1");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task DestroyAsync()
    {
        await Tenant.SellAsync(Lines("T1", 30));
        await Tenant.SellAsync(Lines("T7", 5, "S1"));
        using (var added = await AddRegionAsync(Tenant, "nouvelle"))
            added.StatusCode.ShouldBe(HttpStatusCode.Created);
        await Tenant.InTransactionAsync(async (session, _) =>
        {
            await using var damage = session.Command("""
                DELETE FROM stores.objective; DELETE FROM sales.product_cost; UPDATE tenancy.tenant SET name = 'autre';
                UPDATE tenancy.app_user SET role = 'analyst', email = 'x' || email; UPDATE sales.product SET name = 'détruit';
                DELETE FROM sales.line WHERE line % 2 = 0; UPDATE sales.day_category SET revenue = 0
                """);
            return await damage.ExecuteNonQueryAsync();
        });
    }

    private static async Task<long> WriteUntilAsync(TestTenant tenant, CancellationToken ct)
    {
        var acknowledged = 0L;
        do
        {
            using var answer = await AddRegionAsync(tenant, $"w{acknowledged}");
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            acknowledged++;
        }
        while (!ct.IsCancellationRequested);
        return acknowledged;
    }

    private static async Task<HttpResponseMessage> AddRegionAsync(TestTenant tenant, string code) =>
        await (await tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/regions", new { code, name = "Région " + code });

    private async Task<string> TokenAsync() => (await Tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Director))).GetProperty("accessToken").GetString()!;

    private async Task<string> FiguresAsync(EpmHost host, string token)
    {
        using var client = host.Client(Tenant.Slug, token);
        return (await client.GetFromJsonAsync<JsonElement>(Question)).GetProperty("cards").ToString();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
            patience.Token.ThrowIfCancellationRequested();
    }
}
