using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class LimitsTests : FeatureTest
{
    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back_and_nobody_else_is()
    {
        await SetAsync(10);
        var (director, analyst) = (await Tenant.As(Roles.Director), await Tenant.As(Roles.Analyst));
        HttpResponseMessage? refused = null;
        for (var asked = 0; asked < 30 && refused is null; asked++)
        {
            var response = await director.GetAsync("/api/v1/me");
            Header(response, "RateLimit-Limit").ShouldBe(10);
            Header(response, "RateLimit-Reset").ShouldBeInRange(1, 60);
            if (response.StatusCode == HttpStatusCode.OK)
                Header(response, "RateLimit-Remaining").ShouldBeInRange(0, 9);
            else
                refused = response;
        }
        await refused.ShouldNotBeNull().ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        refused!.Headers.RetryAfter.ShouldNotBeNull().Delta!.Value.TotalSeconds.ShouldBeInRange(1, 6);
        Header(refused, "RateLimit-Remaining").ShouldBe(0);
        (await analyst.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await director.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var elsewhere = await (await Host.NewTenantAsync()).As(Roles.Director);
        (await elsewhere.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Limits_are_set_within_bounds_by_administrators_only()
    {
        var admin = await Tenant.As(Roles.Admin);
        var before = await admin.GetJsonAsync("/api/v1/limits");
        before.GetProperty("uploadsAtOnce").GetInt32().ShouldBe(2);
        foreach (var (requests, uploads, field) in ((int, int, string)[])[(9, 1, "requestsPerMinute"), (1_000_001, 1, "requestsPerMinute"), (10, 0, "uploadsAtOnce"), (10, 9, "uploadsAtOnce")])
        {
            using var refused = await admin.PutAsJsonAsync("/api/v1/limits", new { requestsPerMinute = requests, uploadsAtOnce = uploads });
            (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf(field).ShouldBe("InclusiveBetweenValidator");
        }
        await SetAsync(500);
        (await admin.GetJsonAsync("/api/v1/limits")).GetProperty("requestsPerMinute").GetInt32().ShouldBe(500);
        using var denied = await (await Tenant.As(Roles.Director)).GetAsync("/api/v1/limits");
        await denied.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Usage_counts_what_the_chain_asked_and_keeps()
    {
        var admin = await Tenant.As(Roles.Admin);
        for (var asked = 0; asked < 5; asked++)
            await admin.GetJsonAsync("/api/v1/me");
        var usage = await admin.GetJsonAsync("/api/v1/usage");
        usage.GetProperty("requestsLastMinute").GetInt64().ShouldBeInRange(6, 20);
        usage.GetProperty("limits").GetProperty("requestsPerMinute").GetInt32().ShouldBe(1_000_000);
        usage.GetProperty("storage").GetProperty("lines").GetInt64().ShouldBe(0);
    }

    private async Task SetAsync(int requestsPerMinute)
    {
        var admin = await Tenant.As(Roles.Admin);
        using var set = await admin.PutAsJsonAsync("/api/v1/limits", new { requestsPerMinute, uploadsAtOnce = 1 });
        await set.ShouldBeJsonAsync();
    }

    private static int Header(HttpResponseMessage response, string name) =>
        int.Parse(response.Headers.GetValues(name).Single(), System.Globalization.CultureInfo.InvariantCulture);
}
