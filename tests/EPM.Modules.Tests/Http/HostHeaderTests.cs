using System.Net.Http.Json;
using EPM.TestKit;

namespace EPM.Modules.Tests.Http;

/// <summary>Ways of making the product think that it is at another chain's address, on a real connection (TRUST T08).</summary>
public sealed class HostHeaderTests(ServedTenant served) : IClassFixture<ServedTenant>
{
    private string Bearer => "Authorization: Bearer " + served.Token;

    [Fact]
    public async Task A_token_opens_its_own_address_however_the_address_is_spelled_and_no_other()
    {
        var port = served.Host.Port;
        (await served.Host.GetAsync("/api/v1/me", $"chain-a.localhost:{port}", Bearer)).Statuses.ShouldBe([200]);
        (await served.Host.GetAsync("/api/v1/me", "CHAIN-A.LOCALHOST", Bearer)).Statuses.ShouldBe([200]);
        string[] hosts =
        [
            "chain-b.localhost", "CHAIN-B.LOCALHOST", "localhost", "127.0.0.1", "[::1]", "chain-a.localhost.", "chain-b.localhost.", ".chain-a.localhost", "chain-a..localhost", "x.chain-a.localhost", "chain-a.chain-b.localhost",
            "chain-a.localhost.evil.example", "chain-alocalhost", "chain-a.localhost@chain-b.localhost", "chain-b.localhost:80@chain-a.localhost", "chain-a.localhost:", "chain-a.localhost:abc", "chain-a.localhost/chain-b.localhost",
            "chain-a.localhost\\chain-b.localhost", "chain-a.localhost#", "chain-a.localhost?", "chain-a.localhost%00", "chain%2da.localhost", "chain-a%2elocalhost", "chain-a.local host", "", " ", "*", "*.localhost", "-.localhost", "_.localhost", "'.localhost",
            "xn--chain-a-.localhost", "chain\u00ada.localhost", new string('a', 64) + ".localhost", new string('a', 5_000) + ".localhost", "0.localhost", "00000000-0000-0000-0000-000000000000.localhost", "evil.example", "169.254.169.254",
        ];
        await RefusedAsync(hosts.Select(host => (host, served.Host.GetAsync("/api/v1/me", host, Bearer))));
    }

    [Fact]
    public async Task Nothing_else_in_a_request_names_the_chain()
    {
        const string B = "chain-b.localhost";
        string[] headers =
        [
            "X-Forwarded-Host: chain-a.localhost", "X-Forwarded-Server: chain-a.localhost", "X-Host: chain-a.localhost", "X-Original-Host: chain-a.localhost", "Forwarded: host=chain-a.localhost", "X-HTTP-Host-Override: chain-a.localhost",
            "X-Original-URL: http://chain-a.localhost/api/v1/me", "X-Rewrite-URL: /api/v1/me", "Referer: http://chain-a.localhost/", "X-Tenant: chain-a", "X-Tenant-Id: chain-a", "Host: chain-a.localhost", "Cookie: tenant=chain-a",
        ];
        await RefusedAsync(headers.Select(header => (header, served.Host.GetAsync("/api/v1/me", B, Bearer, header))));
        string[] targets = ["http://chain-a.localhost/api/v1/me", "https://chain-a.localhost/api/v1/me", "//chain-a.localhost/api/v1/me", "/api/v1/me?tenant=chain-a", "/api/v1/me#chain-a", "http://chain-a.localhost@chain-b.localhost/api/v1/me"];
        await RefusedAsync(targets.Select(target => (target, served.Host.GetAsync(target, B, Bearer))));
    }

    [Fact]
    public async Task A_path_spelled_otherwise_is_either_the_route_or_nothing()
    {
        string[] paths =
        [
            "//api/v1/users", "/api//v1/users", "/api/v1//users", "/api%2fv1/users", "/api%2Fv1%2Fusers", "/api/v1%2fusers", "/%2fapi/v1/users", "/api%5cv1/users", "/api\\v1\\users", "/%61pi/v1/users", "/api/v1/users/", "/api/v1/users/.", "/api/v1/./users", "/api/v1/x/../users",
            "/api/v1/x/%2e%2e/users", "/API/V1/USERS", "/api/v1/users;x=1", "/api/v1/users%20", "/api/v1/users%00", "/api/v1/users%0d%0aX: 1", "/api/v1/users.json", "/api/v1/users%3f", "/..%2fapi/v1/users", "/api/v1/users/%c0%af",
        ];
        await RefusedAsync(paths.Select(path => (path, served.Host.GetAsync(path, "chain-a.localhost"))));
    }

    [Fact]
    public async Task A_token_in_a_strange_shape_is_refused_before_or_by_the_product()
    {
        var token = served.Token;
        string[] headers =
        [
            "Authorization: Bearer " + new string('a', 1 << 20), "Authorization: Bearer", "Authorization: Bearer ", "Authorization: bearer  x", "Authorization: Basic YTpi", "Authorization: " + token, "Authorization: Token " + token, "Authorization: Bearer " + token + ", Bearer " + token,
            $"Authorization: Bearer {token}\r\nAuthorization: Bearer {token}", "Authorization: Bearer " + token + " x", "Authorization: Bearer \"" + token + "\"", "Authorization: Bearer " + token[..^3], "Authorization: Bearer \u00e9", "Cookie: Authorization=Bearer " + token, "X-Authorization: Bearer " + token,
            "Cookie: __Host-epm-refresh=" + served.Cookie, "Authorization: Bearer " + served.Cookie, "Authorization: Bearer " + string.Join('.', Enumerable.Repeat("a", 3_000)),
        ];
        await RefusedAsync(headers.Select(header => (header[..Math.Min(60, header.Length)], served.Host.GetAsync("/api/v1/me", "chain-a.localhost", header))));
    }

    [Fact]
    public async Task Who_calls_is_told_by_known_proxies_only_and_by_the_nearest_of_them()
    {
        await using var open = await HostProcess.StartAsync(served.Start with { Settings = new Dictionary<string, string>(StringComparer.Ordinal) });
        await GuessAsync(open, "203.0.113.66");
        await GuessAsync(served.Host, "198.51.100.1, 203.0.113.9, 10.1.2.3");
        var counted = await served.AskAsync("SELECT string_agg(subject, ' ') FROM tenancy.sign_in_budget");
        counted.ShouldContain("203.0.113.9");
        counted.ShouldContain("127.0.0.1", Case.Sensitive, "the host without proxies counts the connection's own address");
        counted.ShouldNotContain("198.51.100.1");
        counted.ShouldNotContain("203.0.113.66");
        counted.ShouldNotContain("10.1.2.3");
    }

    private static async Task GuessAsync(HostProcess host, string forwarded)
    {
        using var client = host.Client("chain-b");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        using var response = await client.PostAsJsonAsync("api/v1/auth/sign-in", new { email = $"{Guid.CreateVersion7():N}@chaine.test", password = "pas le bon du tout" });
        ((int)response.StatusCode).ShouldBe(401);
    }

    private static async Task RefusedAsync(IEnumerable<(string What, Task<(IReadOnlyList<int> Statuses, string Text)> Answer)> tries)
    {
        var through = new List<string>();
        foreach (var (what, answer) in tries)
        {
            var (statuses, text) = await answer;
            // A connection closed without a word has told nothing either.
            if (!statuses.All(status => status is 400 or 401 or 403 or 404 or 405 or 414 or 431) || text.Contains("awa@chaine.test", StringComparison.Ordinal))
                through.Add($"{what}: {string.Join(", ", statuses)}");
        }
        through.ShouldBeEmpty();
    }
}
