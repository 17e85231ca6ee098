using System.Net;
using System.Net.Http.Json;
using EPM.Modules.Tests.Redis;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Audit;
using EPM.Platform.Backup;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Redis;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Modules.Tests.TenantCopies;

/// <summary>TRUST T35, offboarding: nothing of a chain is left but that it was there.</summary>
public sealed class TenantDeletionTests : CopiesTest
{
    private RedisServer _redis = null!;

    public override async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private protected override void Use(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton(provider => EpmSettings.From(provider.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>(), development: true) with { Redis = _redis.Setting }));

    [Fact]
    public async Task No_row_and_no_key_has_its_id_or_its_name_any_more()
    {
        await AskEverythingAsync();
        // What the host has counted so far is told together: once it has told of somebody who came last, it has told of everybody.
        var last = await Host.NewTenantAsync();
        await last.As(Roles.Analyst);
        await UntilAsync(async () => (await _redis.KeysAsync()).Any(key => key.Contains(last.Id.ToString(), StringComparison.Ordinal)));
        (await _redis.KeysAsync()).ShouldContain(key => key.Contains(Tenant.Id.ToString(), StringComparison.Ordinal));
        (await HoldersAsync()).Length.ShouldBeGreaterThan(20);
        var untouched = await PrintsAsync(Neighbour, all: true);

        var deleted = await DeleteAsync();

        deleted.KeysForgotten.ShouldNotBeNull().ShouldBeGreaterThan(0);
        (await HoldersAsync()).ShouldBe(["platform.deleted_tenant"]);
        (await _redis.KeysAsync()).ShouldNotContain(key => key.Contains(Tenant.Id.ToString(), StringComparison.Ordinal));
        (await PrintsAsync(Neighbour, all: true)).ShouldBe(untouched);
        (await AskAsync<string>("SELECT slug || ' ' || deleted_by || ' ' || (rows > 80) || ' ' || (trail_number > 5) || ' ' || length(trail_hash) FROM platform.deleted_tenant WHERE tenant = $1", Tenant.Id))
            .ShouldBe($"{Tenant.Slug} {By} true true 32");
        await using var app = await Host.AsAppAsync(Neighbour.Id.ToString());
        (await app.TryAsync("SELECT slug FROM platform.deleted_tenant")).State.ShouldBe(Npgsql.PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Whoever_writes_to_the_last_moment_leaves_nothing_behind()
    {
        var admin = await Tenant.As(Roles.Admin);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var last = HttpStatusCode.Created;
            for (var number = 0; last is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable; number++)
            {
                using var answer = await admin.PostAsJsonAsync("/api/v1/regions", new { code = $"w{writer}-{number}", name = "Région" });
                last = answer.StatusCode;
                begun.TrySetResult();
            }
            return last;
        })).ToArray();
        await begun.Task;
        await DeleteAsync();
        (await Task.WhenAll(writers)).ShouldAllBe(last => last == HttpStatusCode.NotFound || last == HttpStatusCode.Unauthorized);
        (await HoldersAsync()).ShouldBe(["platform.deleted_tenant"]);
    }

    [Fact]
    public async Task Its_address_is_one_that_never_was_on_every_host_and_its_name_is_free()
    {
        var admin = await Tenant.As(Roles.Admin);
        using var elsewhere = (await NewHostAsync()).Client(Tenant.Slug);
        (await elsewhere.GetAsync("/api/v1/site")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await DeleteAsync();
        using (var site = await Tenant.Anonymous().GetAsync("/api/v1/site"))
            await site.ShouldBeProblemAsync(HttpStatusCode.NotFound, "tenant_unknown");
        using (var users = await admin.GetAsync("/api/v1/users"))
            await users.ShouldBeProblemAsync(HttpStatusCode.NotFound, "tenant_unknown");
        // Heard by the other host within moments.
        await UntilAsync(async () => (await elsewhere.GetAsync("/api/v1/site")).StatusCode == HttpStatusCode.NotFound);
        (await RefusedAsync(() => DeleteAsync())).ShouldBe("tenant_none");
        (await Host.NewTenantAsync(Tenant.Slug)).Id.ShouldNotBe(Tenant.Id);
    }

    [Fact]
    public async Task What_was_under_way_writes_nothing_any_more()
    {
        await Tenant.InTransactionAsync(async (session, _) =>
        {
            await using var queue = session.Command("INSERT INTO platform.job (job_id, tenant, slug, kind, subject, leased_until) VALUES (gen_random_uuid(), $1, $2, 'import', gen_random_uuid(), clock_timestamp() + interval '1 hour')");
            queue.Parameters.Add(new() { Value = Tenant.Id });
            queue.Parameters.Add(new() { Value = Tenant.Slug });
            return await queue.ExecuteNonQueryAsync();
        });
        await DeleteAsync();
        (await AskAsync<long>("SELECT count(*) FROM platform.job WHERE tenant = $1", Tenant.Id)).ShouldBe(0);
        // A job or a request that had begun still knows its chain.
        (await RefusedAsync(() => Tenant.InTransactionAsync((_, _) => Task.FromResult(0)))).ShouldBe("tenant_unknown");
    }

    [Fact]
    public async Task Nothing_goes_without_its_name_being_said_twice()
    {
        var before = await PrintsAsync(Tenant, all: true);
        (await RefusedAsync(() => DeleteAsync(Neighbour.Slug))).ShouldBe("tenant_unconfirmed");
        (await PrintsAsync(Tenant, all: true)).ShouldBe(before);
    }

    [Fact]
    public async Task A_chain_deleted_by_mistake_comes_back_with_its_trail()
    {
        var then = await PrintsAsync(Tenant);
        var file = await ExportAsync();
        var version = await AskAsync<long>("SELECT version FROM platform.data_version WHERE tenant_id = $1", Tenant.Id);
        await Tenant.SellAsync(Lines("T8", 5));
        await DeleteAsync();
        (await RestoreAsync(file)).WasDeleted.ShouldBeTrue();

        (await PrintsAsync(Tenant)).ShouldBe(then);
        (await AskAsync<long>("SELECT version FROM platform.data_version WHERE tenant_id = $1", Tenant.Id)).ShouldBeGreaterThan(version + 1);
        using (var site = await Tenant.Anonymous().GetAsync("/api/v1/site"))
            site.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Admin))).GetProperty("accessToken").GetString().ShouldNotBeNullOrEmpty();
        var report = await Tenant.InScopeAsync(services => services.GetRequiredService<AuditVerification>()
            .VerifyAsync(services.GetRequiredService<TenantSession>(), [], CancellationToken.None));
        report.Intact.ShouldBeTrue(report.Reason);
        await DeleteAsync();
        (await HoldersAsync()).ShouldBe(["platform.deleted_tenant"]);
    }

    [Fact]
    public async Task A_restore_that_ended_before_it_opened_the_door_again_opens_it_the_next_time()
    {
        var file = await ExportAsync();
        await DeleteAsync();
        await RestoreAsync(file);
        await ExecuteAsync("UPDATE platform.deleted_tenant SET restored_at = NULL WHERE tenant = $1", Tenant.Id);
        (await RefusedAsync(() => Tenant.InTransactionAsync((_, _) => Task.FromResult(0)))).ShouldBe("tenant_unknown");
        (await RestoreAsync(file)).WasDeleted.ShouldBeFalse();
        Tenant.SignInAgain();
        await Tenant.SellAsync(Lines("T5", 2));
    }

    [Fact]
    public async Task A_chain_does_not_come_back_over_another_that_took_its_name()
    {
        var file = await ExportAsync();
        await DeleteAsync();
        var heir = await Host.NewTenantAsync(Tenant.Slug);
        (await RefusedAsync(() => RestoreAsync(file))).ShouldBe("tenant_name_taken");
        (await heir.SignInBodyAsync(TestTenant.EmailOf(Roles.Admin))).GetProperty("accessToken").GetString().ShouldNotBeNullOrEmpty();
    }

    private async Task AskEverythingAsync()
    {
        var director = await Tenant.As(Roles.Director);
        using var answer = await director.GetAsync("/api/v1/dashboard?from=2026-01-01&to=2026-01-31");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var invited = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/invitations",
            new { name = "Invitée", email = "invitee@chaine.test", role = "analyst", language = "fr", scope = new { kind = "all", regions = Array.Empty<string>(), stores = Array.Empty<string>(), categories = Array.Empty<string>(), seesCost = true } });
        invited.StatusCode.ShouldBe(HttpStatusCode.Created, await invited.Content.ReadAsStringAsync());
    }

    /// <summary>Every table of the whole database, whoever owns it, with a row in which the chain's id or its name is written anywhere.</summary>
    private async Task<string[]> HoldersAsync()
    {
        await using var server = await AdminSession.OpenAsync(Host.Connection, CancellationToken.None);
        var holders = new List<string>();
        var tables = await Fingerprint.TablesAsync(server, CancellationToken.None);
        tables.Count.ShouldBeGreaterThan(40);
        foreach (var table in tables)
        {
            if (await server.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {table} t WHERE t::text LIKE '%' || $1 || '%' OR t::text ~ ('\\m' || $2 || '\\M'))", CancellationToken.None, Tenant.Id.ToString(), Tenant.Slug))
                holders.Add(table);
        }
        return [.. holders];
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
            patience.Token.ThrowIfCancellationRequested();
    }
}
