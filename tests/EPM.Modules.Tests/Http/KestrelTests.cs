using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EPM.Modules.Tests.Http;

/// <summary>Hostile bytes against the server as it is deployed (TRUST T11, T19, T22).</summary>
public sealed class KestrelTests(ServedTenant served) : IClassFixture<ServedTenant>
{
    private const string Post = "POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: chain-a.localhost\r\nContent-Type: application/json\r\n";
    private const string Second = "GET /api/v1/smuggled HTTP/1.1\r\nHost: chain-a.localhost\r\nConnection: close\r\n\r\n";

    public static TheoryData<string, string> Smuggled => new()
    {
        { "both lengths", Post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Second },
        { "two lengths", Post + "Content-Length: 0\r\nContent-Length: 80\r\n\r\n" + Second },
        { "a length with a sign", Post + "Content-Length: +5\r\n\r\n" + Second },
        { "a length in hexadecimal", Post + "Content-Length: 0x5\r\n\r\n" + Second },
        { "a negative length", Post + "Content-Length: -1\r\n\r\n" + Second },
        { "two codings", Post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + Second },
        { "a coding that is none", Post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + Second },
        { "a coding behind a tab", Post + "Transfer-Encoding:\tchunked, identity\r\n\r\n0\r\n\r\n" + Second },
        { "a space before the colon", Post + "Content-Length : 5\r\n\r\n" + Second },
        { "a folded header", Post + "X-A: b\r\n Content-Length: 5\r\n\r\n" + Second },
        { "a line feed in a chunk's extension", Post + "Transfer-Encoding: chunked\r\n\r\n2;a\nxx\r\n44\r\n0\r\n\r\n" + Second },
        { "a carriage return in a chunk's extension", Post + "Transfer-Encoding: chunked\r\n\r\n2;a\rxx\r\nab\r\n0\r\n\r\n" + Second },
        { "a chunk without its end", Post + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n" + Second },
        { "a chunk of endless size", Post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nab\r\n0\r\n\r\n" + Second },
        { "a null in a header", Post + "X-A: a\0b\r\n\r\n" + Second },
        { "a bare carriage return", Post + "X-A: a\rX-B: c\r\n\r\n" + Second },
        { "no host", "GET /api/v1/site HTTP/1.1\r\n\r\n" },
        { "an unknown version", "GET /api/v1/site HTTP/9.9\r\nHost: chain-a.localhost\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Smuggled))]
    public async Task A_request_that_two_servers_would_cut_differently_is_one_or_none(string what, string request)
    {
        var (statuses, text) = await served.Host.SendAsync(request);
        // The second request would be answered 404; whatever answers there are refuse what was sent.
        statuses.ShouldNotBeEmpty(what);
        statuses.ShouldAllBe(status => status == 400 || status == 415 || status == 505, $"{what}: {text}");
    }

    [Theory]
    [InlineData(1, 64 << 10)]
    [InlineData(200, 100)]
    [InlineData(2, 20 << 10)]
    public async Task Headers_beyond_their_limit_are_refused(int count, int size)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('a', size)}\r\n"));
        var (statuses, _) = await served.Host.SendAsync($"GET /api/v1/site HTTP/1.1\r\nHost: chain-a.localhost\r\n{headers}Connection: close\r\n\r\n");
        statuses.ShouldAllBe(status => status == 431 || status == 400);
    }

    [Fact]
    public async Task A_hundred_connections_that_say_next_to_nothing_keep_nobody_out()
    {
        var slow = new List<Socket>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                slow.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, served.Host.Port);
                // So much at once that for minutes nobody could call it too slow.
                await socket.SendAsync(Encoding.ASCII.GetBytes(i % 2 == 0 ? "GET /api/v1/si" : Post + "Content-Length: 900000\r\n\r\n{" + new string(' ', 100_000)));
            }
            for (var i = 0; i < 20; i++)
                (await served.Host.GetAsync("/api/v1/site", "chain-a.localhost")).Statuses.ShouldBe([200]);
            slow.ShouldAllBe(socket => socket.Available == 0, "all of them are still sending");
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
        (await served.Host.StatusAsync("/health/ready")).ShouldBe(200);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/boutiques", 200)]
    [InlineData("/assets/app-1a2b.js", 200)]
    [InlineData("/assets/other.js", 404)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/health/live", 200)]
    [InlineData("/openapi/v1.json", 200)]
    public async Task Pages_and_files_carry_the_walls_too(string path, int status)
    {
        var (statuses, text) = await served.Host.GetAsync(path, "chain-a.localhost");
        statuses.ShouldBe([status]);
        Walled(text);
        var tag = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("ETag: ", StringComparison.OrdinalIgnoreCase))?[6..];
        if (tag is null)
            return;
        var (again, unchanged) = await served.Host.GetAsync(path, "chain-a.localhost", "If-None-Match: " + tag);
        again.ShouldBe([304]);
        Walled(unchanged);
    }

    [Fact]
    public async Task A_body_beyond_its_limit_is_refused_with_the_walls_up()
    {
        var (statuses, text) = await served.Host.SendAsync("POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: chain-a.localhost\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\nConnection: close\r\n\r\n{");
        statuses.ShouldBe([413]);
        Walled(text);
    }

    [Fact]
    public async Task What_is_secret_is_not_in_the_log()
    {
        await served.Host.GetAsync("/api/v1/me", "chain-a.localhost", "Authorization: Bearer " + served.Token, "Cookie: __Host-epm-refresh=" + served.Cookie);
        await served.Host.GetAsync("/api/v1/me", "chain-a.localhost", "Authorization: Bearer CNRYTOKEN." + served.Token);
        var body = $$"""{"email":"awa@chaine.test","password":"CNRY wrong password"}""";
        await served.Host.SendAsync($"POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: chain-a.localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
        var log = served.Host.Log;
        log.ShouldContain("Now listening", Case.Sensitive, "this is the log");
        foreach (var secret in new[] { "CNRY", ServedTenant.Password, served.Token, served.Cookie, served.Token.Split('.')[2], "secret of a test run" })
            log.ShouldNotContain(secret);
    }

    private static void Walled(string text)
    {
        foreach (var header in new[] { "Content-Security-Policy: default-src 'self'", "X-Content-Type-Options: nosniff", "Strict-Transport-Security: max-age=31536000", "X-Frame-Options: DENY", "Referrer-Policy: same-origin" })
            text.ShouldContain(header);
        text.ShouldNotContain("Server:");
    }
}
