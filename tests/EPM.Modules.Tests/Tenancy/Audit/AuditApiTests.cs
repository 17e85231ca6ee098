using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Modules;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Tenancy.Audit;

public sealed class AuditApiTests : AuditTest
{
    [Fact]
    public async Task A_change_is_told_with_who_what_from_where_and_which_fields()
    {
        var admin = await Tenant.As(Roles.Admin);
        admin.DefaultRequestHeaders.UserAgent.ParseAdd("Essai/1.0");
        (await admin.PostAsJsonAsync("/api/v1/regions", new { code = "NORD", name = "Nord" })).EnsureSuccessStatusCode();
        (await admin.PutAsJsonAsync("/api/v1/regions/NORD", new { name = "Grand Nord" })).EnsureSuccessStatusCode();
        var entry = (await admin.GetJsonAsync("/api/v1/audit")).GetProperty("items")[0];
        entry.GetProperty("action").GetString().ShouldBe("region.renamed");
        entry.GetProperty("label").GetString().ShouldBe("Région renommée");
        entry.GetProperty("subject").GetString().ShouldBe("region/NORD");
        entry.GetProperty("who").GetProperty("email").GetString().ShouldBe(TestTenant.EmailOf(Roles.Admin));
        entry.GetProperty("via").GetString().ShouldBe("session");
        entry.GetProperty("agent").GetString()!.ShouldContain("Essai/1.0");
        entry.GetProperty("before").GetProperty("name").GetString().ShouldBe("Nord");
        entry.GetProperty("after").GetProperty("name").GetString().ShouldBe("Grand Nord");
    }

    [Fact]
    public async Task The_trail_is_searched_by_person_action_subject_text_and_day()
    {
        var (admin, director) = (await Tenant.As(Roles.Admin), await Tenant.As(Roles.Director));
        (await admin.PostAsJsonAsync("/api/v1/regions", new { code = "EST", name = "Est 100%_sûr" })).EnsureSuccessStatusCode();
        (await director.PostAsJsonAsync("/api/v1/regions", new { code = "OUEST", name = "Ouest" })).EnsureSuccessStatusCode();
        (await CountAsync("action=region.added")).ShouldBe(2);
        (await CountAsync("action=region.added&who=director@")).ShouldBe(1);
        (await CountAsync("subject=region/E")).ShouldBe(1);
        (await CountAsync("search=100%25_s")).ShouldBe(1);
        (await CountAsync("search=%25")).ShouldBe(1);
        (await CountAsync("action=region.added&from=2000-01-01&to=2000-12-31")).ShouldBe(0);
        (await CountAsync("action=region.added&from=2000-01-01")).ShouldBe(2);
        (await CountAsync("action=region.added&size=1&page=2")).ShouldBe(2);

        async Task<long> CountAsync(string query) => (await admin.GetJsonAsync("/api/v1/audit?" + query)).GetProperty("total").GetInt64();
    }

    [Fact]
    public async Task The_export_has_the_same_entries_and_nothing_that_a_spreadsheet_runs()
    {
        var admin = await Tenant.As(Roles.Admin);
        await RecordAsync("store.changed", "=HYPERLINK(\"http://x\")");
        using var response = await admin.GetAsync("/api/v1/audit/export?action=store.changed");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].TrimStart('\uFEFF').ShouldStartWith("number;at;who");
        lines[1].ShouldContain(";\"'=HYPERLINK(");
    }

    [Fact]
    public async Task Verification_tells_the_first_entry_that_is_broken()
    {
        await FillAsync(5);
        var director = await Tenant.As(Roles.Director);
        (await VerdictAsync()).GetProperty("intact").GetBoolean().ShouldBeTrue();
        (await VerbAsync("verify", Tenant.Slug)).ShouldBe(0);
        await TamperAsync("UPDATE platform.audit_entry SET subject = 'x' WHERE tenant_id = $1 AND number = 2");
        var broken = await VerdictAsync();
        (broken.GetProperty("intact").GetBoolean(), broken.GetProperty("brokenAt").GetInt64(), broken.GetProperty("reason").GetString()).ShouldBe((false, 2, "entry_changed"));
        broken.GetProperty("explanation").GetString().ShouldBe("Le contenu d’une entrée a été changé.");
        (await VerbAsync("verify", Tenant.Slug)).ShouldBe(1);
        (await VerbAsync("verify", "nobody-s-chain")).ShouldBe(2);
        (await VerbAsync("verify", Tenant.Slug, "--anchors", "/nowhere")).ShouldBe(2);
        (await VerbAsync()).ShouldBe(2);

        async Task<System.Text.Json.JsonElement> VerdictAsync() => await (await director.PostAsJsonAsync("/api/v1/audit/verify", new { })).ShouldBeJsonAsync();
    }

    [Fact]
    public async Task Who_sees_a_part_of_the_chain_does_not_see_its_trail_and_who_sees_no_cost_sees_none_there()
    {
        await RecordAsync("product.changed", "product/P", new { purchasePrice = 500, salePrice = 1 }, new { purchasePrice = 600, salePrice = 2 });
        (await (await Tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/regions", new { code = "SUD", name = "Sud" })).EnsureSuccessStatusCode();
        var regional = await Tenant.As(Roles.Director, new DataScope(ScopeKind.Regions, ["SUD"], [], SeesCost: true));
        await (await regional.GetAsync("/api/v1/audit")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "audit_whole_chain_only");
        var blind = await Tenant.As(Roles.Director, DataScope.Everything with { SeesCost = false });
        var entry = (await blind.GetJsonAsync("/api/v1/audit?action=product.changed")).GetProperty("items")[0];
        entry.GetProperty("after").ToString().ShouldBe("""{"salePrice":2}""");
        entry.GetProperty("before").TryGetProperty("purchasePrice", out _).ShouldBeFalse();
    }

    private async Task<int> VerbAsync(params string[] arguments)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<ICommandLineVerb>().Single(verb => verb.Verb == "audit").RunAsync(arguments, CancellationToken.None);
    }
}
