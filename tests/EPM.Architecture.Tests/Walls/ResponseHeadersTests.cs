using System.Net.Http.Headers;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Architecture.Tests.Walls;

/// <summary>What every answer carries, and what another site's page gets (TRUST T11).</summary>
public sealed class ResponseHeadersTests
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    private static readonly string[] HostileOrigins =
    [
        "null", "https://evil.example", "http://evil.example", "https://localhost.evil.example", "https://evil-localhost", "https://other.localhost", "https://localhost", "http://localhost:3000",
        "https://sub.{host}", "https://{host}.evil.example", "https://{host}:444", "https://{host}@evil.example", "https://evil.example#{host}", "https://evil.example?{host}", "https://evil.example/{host}", "https://{host}%2eevil.example",
        "https://{host}_evil.example", "https://{host}`.evil.example", "file://", "file:///etc/passwd", "chrome-extension://abc", "moz-extension://abc", "capacitor://localhost", "ionic://localhost", "data:text/html,x",
        "javascript:alert(1)", "https://127.0.0.1", "https://[::1]", "https://169.254.169.254", "*",
    ];

    [Fact]
    public async Task Every_answer_of_every_route_carries_the_walls_of_the_browser()
    {
        var host = await EpmHost.SharedAsync();
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "HD1");
        var faults = new List<string>();
        foreach (var call in await CallsAsync(host, chain))
        {
            using var client = await chain.Tenant.SignInAsync(TestTenant.EmailOf(call.Role));
            using var nobody = chain.Tenant.Anonymous();
            foreach (var caller in new[] { client, nobody })
            {
                using var request = call.Request(Nothing);
                using var response = await caller.SendAsync(request);
                faults.AddRange(Faults($"{call} {(int)response.StatusCode}", response));
            }
        }
        using var anyone = chain.Tenant.Anonymous();
        using var elsewhere = host.Client("nobody-here");
        foreach (var (client, verb, path) in new[]
        {
            (anyone, "GET", "/api/v1/nothing"), (anyone, "GET", "/nothing.js"), (anyone, "DELETE", "/api/v1/site"), (anyone, "GET", "/openapi/v1.json"), (anyone, "GET", "/health/live"), (anyone, "GET", "/health/ready"),
            (anyone, "TRACE", "/api/v1/site"), (anyone, "OPTIONS", "/api/v1/stores"), (anyone, "POST", "/api/v1/auth/sign-in"), (elsewhere, "GET", "/api/v1/site"), (elsewhere, "GET", "/API/v1/site"),
        })
        {
            using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path));
            faults.AddRange(Faults($"{verb} {path} {(int)response.StatusCode}", response));
        }
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_other_origin_is_let_in_and_none_may_change_anything()
    {
        var host = await EpmHost.SharedAsync();
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "HD2");
        var client = await chain.Tenant.As(Roles.Admin);
        var own = $"{chain.Tenant.Slug}.localhost";
        var through = new List<string>();
        foreach (var call in await CallsAsync(host, chain))
        {
            if (call.Verb == "GET")
            {
                using var read = call.Request(Nothing);
                read.Headers.TryAddWithoutValidation("Origin", "https://evil.example");
                using var answer = await client.SendAsync(read);
                through.AddRange(answer.Headers.Where(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)).Select(header => $"{call} {header.Key}"));
                continue;
            }
            foreach (var kind in new[] { "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", null })
            {
                foreach (var site in new[] { "cross-site", "same-site" })
                    await ForgedAsync(call, kind, "Sec-Fetch-Site", site);
                await ForgedAsync(call, kind, "Origin", "https://evil.example");
            }
        }
        HostileOrigins.Length.ShouldBe(30);
        foreach (var origin in HostileOrigins.Select(origin => origin.Replace("{host}", own, StringComparison.Ordinal)))
        {
            foreach (var verb in new[] { "GET", "OPTIONS", "POST" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(verb), "/api/v1/regions");
                request.Headers.TryAddWithoutValidation("Origin", origin);
                request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");
                using var response = await client.SendAsync(request);
                if (response.Headers.Any(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)) || (verb == "POST" && (int)response.StatusCode != 403))
                    through.Add($"{verb} from {origin}: {(int)response.StatusCode}");
            }
        }
        through.ShouldBeEmpty();

        async Task ForgedAsync(RouteCall call, string? kind, string header, string value)
        {
            using var request = call.Request(Nothing);
            request.Content!.Headers.ContentType = kind is null ? null : MediaTypeHeaderValue.Parse(kind);
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await client.SendAsync(request);
            if ((int)response.StatusCode is not (403 or 415))
                through.Add($"{call} as {kind ?? "nothing"} with {header} {value}: {(int)response.StatusCode}");
        }
    }

    private static async Task<IReadOnlyList<RouteCall>> CallsAsync(EpmHost host, SeededTenant chain)
    {
        var calls = new List<RouteCall>();
        foreach (var route in Routes.Of(host))
            calls.Add((await RouteCall.FillAsync(chain, route)).ShouldNotBeNull());
        return [.. calls.OrderBy(call => call.Verb == "DELETE")];
    }

    private static IEnumerable<string> Faults(string what, HttpResponseMessage response)
    {
        string Of(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        var policy = Of("Content-Security-Policy");
        if (!policy.Contains("default-src 'self'", StringComparison.Ordinal) || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) || policy.Contains("unsafe", StringComparison.Ordinal))
            yield return $"{what}: content policy '{policy}'";
        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Strict-Transport-Security", "max-age=31536000"), ("Cache-Control", "no-store") })
        {
            if (!Of(name).StartsWith(value, StringComparison.Ordinal))
                yield return $"{what}: {name} '{Of(name)}'";
        }
        if (response.Headers.Contains("Server"))
            yield return $"{what}: names its server";
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var parts = cookie.ToLowerInvariant();
            if (!cookie.StartsWith("__Host-", StringComparison.Ordinal) || !parts.Contains("; secure", StringComparison.Ordinal) || !parts.Contains("; httponly", StringComparison.Ordinal)
                || !parts.Contains("; samesite=", StringComparison.Ordinal) || !parts.Contains("; path=/", StringComparison.Ordinal) || parts.Contains("domain=", StringComparison.Ordinal))
                yield return $"{what}: cookie {cookie.Split('=')[0]}";
        }
    }
}
