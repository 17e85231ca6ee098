using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using EPM.Platform.Modules;
using EPM.Platform.Redis;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Modules.Tests.Redis;

/// <summary>Two hosts on one database and one Redis.</summary>
public sealed class SharedStoreTests : IAsyncLifetime
{
    private const string Question = "/api/v1/dashboard?from=2026-01-01&to=2026-01-31";

    private RedisServer _redis = null!;
    private EpmHost _one = null!;
    private EpmHost _two = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _one = await EpmHost.StartAsync(services: Use);
        _two = await EpmHost.StartAsync(connection: _one.Connection, services: Use);
        await Task.WhenAll(UntilAsync(_one, RedisState.Up), UntilAsync(_two, RedisState.Up));
    }

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task Chains_and_people_never_get_one_anothers_answers()
    {
        var chains = new List<(TestTenant Tenant, string Canary)>();
        for (var number = 0; number < 4; number++)
        {
            var tenant = await _one.NewTenantAsync();
            var canary = $"CNRY{number}X{tenant.Slug}";
            var admin = await tenant.As(Roles.Admin);
            (await admin.PostAsJsonAsync("/api/v1/regions", new { code = "R", name = canary })).StatusCode.ShouldBe(HttpStatusCode.Created);
            (await admin.PostAsJsonAsync("/api/v1/stores", new { code = "S", name = canary, region = "R", country = "SN", currency = "XOF", openedOn = "2024-01-01", timeZone = "Africa/Dakar" }))
                .StatusCode.ShouldBe(HttpStatusCode.Created);
            chains.Add((tenant, canary));
        }
        string[] roles = [Roles.Director, Roles.Analyst, Roles.RegionalManager];
        var tags = new Dictionary<string, EntityTagHeaderValue>(StringComparer.Ordinal);
        // Cold, 64 at once, through both hosts: whoever computes and whoever is served, everybody gets their own.
        var calls = Enumerable.Range(0, 64).Select(async number =>
        {
            var (tenant, canary) = chains[number % chains.Count];
            var token = (await tenant.As(roles[number / 4 % roles.Length])).DefaultRequestHeaders.Authorization!.Parameter;
            using var client = (number % 2 == 0 ? _one : _two).Client(tenant.Slug, token);
            using var response = await client.GetAsync(Question);
            var text = await response.Content.ReadAsStringAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            text.ShouldContain(canary);
            foreach (var other in chains.Where(other => other.Canary != canary))
                text.ShouldNotContain(other.Canary);
            lock (tags)
                tags[tenant.Slug] = response.Headers.ETag!;
        });
        await Task.WhenAll(calls);
        var (first, second) = (chains[0].Tenant, chains[1].Tenant);
        using var asking = new HttpRequestMessage(HttpMethod.Get, Question) { Headers = { IfNoneMatch = { tags[second.Slug] } } };
        using var full = await (await first.As(Roles.Director)).SendAsync(asking);
        full.StatusCode.ShouldBe(HttpStatusCode.OK);
        var keys = await _redis.KeysAsync();
        keys.ShouldContain(key => key.Contains(":a:", StringComparison.Ordinal));
        keys.ShouldAllBe(key => Regex.IsMatch(key, "^t:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_value_under_another_chains_name_is_no_answer()
    {
        var (ours, theirs) = (await _one.NewTenantAsync(), await _one.NewTenantAsync());
        var (stolen, _) = await KeptAsync(theirs);
        var (own, asked) = await KeptAsync(ours);
        var right = await (await ours.As(Roles.Director)).GetStringAsync(asked);
        // As if a name had been built wrongly, or a reply had gone astray.
        await _redis.AskAsync("RENAME", stolen, own);
        using var elsewhere = _two.Client(ours.Slug, (await ours.As(Roles.Director)).DefaultRequestHeaders.Authorization!.Parameter);
        (await elsewhere.GetStringAsync(asked)).ShouldBe(right);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_it_every_request_is_answered_and_keys_and_limits_hold(bool frozen)
    {
        var tenant = await _one.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        var key = await (await admin.PostAsJsonAsync("/api/v1/api-keys", new
        {
            name = "Caisse",
            permissions = new[] { Permissions.ViewDashboard },
            scope = new { kind = "all", seesCost = true },
            expiresOn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(30).DateTime),
        })).ShouldBeJsonAsync(HttpStatusCode.Created);
        using var program = _one.Client(tenant.Slug, key.GetProperty("key").GetString());
        if (frozen)
            _redis.Freeze();
        else
            await _redis.KillAsync();
        for (var day = 1; day <= 28; day++)
            (await program.GetAsync($"/api/v1/dashboard?from=2026-02-{day:00}&to=2026-02-28")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await UntilAsync(_one, RedisState.Down);
        (await admin.PutAsJsonAsync("/api/v1/limits", new { requestsPerMinute = 10, uploadsAtOnce = 1 })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answers = new List<HttpStatusCode>();
        for (var asked = 0; asked < 40; asked++)
            answers.Add((await program.GetAsync(Question)).StatusCode);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        (await admin.DeleteAsync("/api/v1/api-keys/" + key.GetProperty("id").GetString())).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.GetAsync(Question)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        if (frozen)
            _redis.Thaw();
        else
            await _redis.StartAgainAsync();
        await UntilAsync(_one, RedisState.Up);
    }

    // What is kept is kept beside the request, and not at all when that takes long: ask until something is.
    private async Task<(string Key, string Asked)> KeptAsync(TestTenant tenant)
    {
        var director = await tenant.As(Roles.Director);
        for (var day = 1; day <= 28; day++)
        {
            var asked = $"/api/v1/dashboard?from=2026-03-{day:00}&to=2026-03-31";
            await director.GetJsonAsync(asked);
            if ((await _redis.KeysAsync()).FirstOrDefault(key => key.StartsWith($"t:{tenant.Id}:a:", StringComparison.Ordinal)) is { } found)
                return (found, asked);
        }
        throw new InvalidOperationException("Nothing was kept.");
    }

    private static async Task UntilAsync(EpmHost host, RedisState state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (host.Services.GetRequiredService<RedisStore>().State != state)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Use(IServiceCollection services)
    {
        var settings = (EpmSettings)services.Single(service => service.ServiceType == typeof(EpmSettings)).ImplementationInstance!;
        services.Replace(ServiceDescriptor.Singleton(settings with { Redis = _redis.Setting }));
    }
}
