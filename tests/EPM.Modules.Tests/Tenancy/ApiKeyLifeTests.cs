using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

/// <summary>What time and a second host do to keys.</summary>
public sealed class ApiKeyLifeTests : IAsyncLifetime
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));
    private EpmHost _host = null!;
    private TestTenant _tenant = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync(_clock);
        _tenant = await _host.NewTenantAsync(timeZone: "Africa/Nairobi");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_rotated_keys_former_secret_opens_until_the_overlap_ends()
    {
        var (id, former) = await AddAsync("2026-12-31");
        var rotated = await RotateAsync(id, 2);
        var newer = rotated.GetProperty("key").GetString()!;
        rotated.GetProperty("overlapUntil").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow().AddHours(2));
        (await OpensAsync(former), await OpensAsync(newer)).ShouldBe((true, true));
        _clock.Advance(TimeSpan.FromHours(2));
        (await OpensAsync(former), await OpensAsync(newer)).ShouldBe((false, true));
        var newest = (await RotateAsync(id, 0)).GetProperty("key").GetString()!;
        (await OpensAsync(former), await OpensAsync(newer), await OpensAsync(newest)).ShouldBe((false, false, true));
    }

    [Fact]
    public async Task A_key_opens_to_the_end_of_its_last_day_where_the_chain_is()
    {
        var (id, key) = await AddAsync("2026-11-22");
        (await StateAsync(id)).ShouldBe("expiring");
        _clock.Advance(TimeSpan.FromHours(34) + TimeSpan.FromMinutes(59));
        (await OpensAsync(key)).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await OpensAsync(key)).ShouldBeFalse();
        (await StateAsync(id)).ShouldBe("expired");
        using var rotate = await (await AdminAsync()).PostAsJsonAsync($"/api/v1/api-keys/{id}/rotate", new { overlapHours = 0, expiresOn = "2026-12-31" });
        await rotate.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "api_key_over");
    }

    [Fact]
    public async Task A_revoked_key_is_dead_here_at_once_and_on_another_host_five_seconds_later()
    {
        var other = await EpmHost.StartAsync(_clock, connection: _host.Connection);
        var (id, key) = await AddAsync("2026-12-31");
        (await OpensAsync(key), await OpensAsync(key, other)).ShouldBe((true, true));
        (await (await AdminAsync()).DeleteAsync("/api/v1/api-keys/" + id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await OpensAsync(key)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await OpensAsync(key, other)).ShouldBeFalse();
        (await StateAsync(id)).ShouldBe("revoked");
    }

    [Fact]
    public async Task The_last_use_is_told_to_the_minute()
    {
        var (id, key) = await AddAsync("2026-12-31");
        (await ItemAsync(id)).GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        await OpensAsync(key);
        (await UsedAsync(id)).ShouldBe(_clock.GetUtcNow());
        var first = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(59));
        await OpensAsync(key);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await OpensAsync(key);
        // Notes are kept in order: had the one in between been kept, it would be seen before this one.
        (await UsedAsync(id, after: first)).ShouldBe(first.AddMinutes(1));
    }

    // The note is kept beside the request: ask until it is there.
    private async Task<DateTimeOffset> UsedAsync(string id, DateTimeOffset after = default)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var at = (await ItemAsync(id)).GetProperty("lastUsedAt");
            if (at.ValueKind != JsonValueKind.Null && at.GetDateTimeOffset() > after)
                return at.GetDateTimeOffset();
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    // Access tokens live ten minutes, and these tests move hours.
    private Task<HttpClient> AdminAsync() => _tenant.SignInAsync(TestTenant.EmailOf(Roles.Admin));

    private async Task<bool> OpensAsync(string key, EpmHost? host = null)
    {
        using var client = (host ?? _host).Client(_tenant.Slug, key);
        using var response = await client.GetAsync("/api/v1/stores");
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Unauthorized);
        return response.StatusCode == HttpStatusCode.OK;
    }

    private async Task<(string Id, string Key)> AddAsync(string expiresOn)
    {
        using var response = await (await AdminAsync()).PostAsJsonAsync("/api/v1/api-keys", new
        {
            name = "Comptabilité",
            permissions = new[] { Permissions.ViewStores },
            scope = new { kind = "all", seesCost = false },
            expiresOn,
        });
        var added = await response.ShouldBeJsonAsync(HttpStatusCode.Created);
        return (added.GetProperty("id").GetString()!, added.GetProperty("key").GetString()!);
    }

    private async Task<JsonElement> RotateAsync(string id, int overlapHours)
    {
        using var response = await (await AdminAsync()).PostAsJsonAsync($"/api/v1/api-keys/{id}/rotate", new { overlapHours });
        return await response.ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    private async Task<string> StateAsync(string id) => (await ItemAsync(id)).GetProperty("state").GetString()!;

    private async Task<JsonElement> ItemAsync(string id) =>
        (await (await AdminAsync()).GetJsonAsync("/api/v1/api-keys")).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
}
