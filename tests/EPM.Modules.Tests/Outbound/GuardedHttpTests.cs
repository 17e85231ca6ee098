using System.Net;
using System.Text;
using EPM.Platform.Http;
using EPM.Platform.Modules;

namespace EPM.Modules.Tests.Outbound;

public sealed class GuardedHttpTests
{
    [Fact]
    public async Task No_way_of_writing_an_address_leads_to_this_machine_or_its_network()
    {
        var tried = 0;
        await using var canary = new Canary();
        using var http = Guarded(canary, LookupAsync);
        foreach (var form in HostileAddresses.All)
        {
            var text = form.Replace("{p}", $"{canary.Port}", StringComparison.Ordinal);
            if (!Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address))
                continue;
            tried++;
            var code = (await Should.ThrowAsync<OutboundFailed>(() => GetAsync(http, address), text)).Code;
            code.ShouldBeOneOf(["outbound_form", "outbound_address", "outbound_unreachable"], text);
        }
        tried.ShouldBeGreaterThanOrEqualTo(120);
        canary.Visits.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_for_a_connection_so_a_second_answer_is_checked_like_the_first()
    {
        await using var canary = new Canary();
        using var left = new CancellationTokenSource();
        var lookups = 0;
        using var http = Guarded(canary, async (_, _) =>
        {
            if (++lookups > 1)
                return [IPAddress.Loopback];
            // The first answer is good; the caller leaves before it is used, so that no test reaches out.
            await left.CancelAsync();
            return [IPAddress.Parse("93.184.215.14")];
        });
        var rebound = new Uri($"https://rebound.attacker.test:{canary.Port}/");
        await Should.ThrowAsync<OperationCanceledException>(() => GetAsync(http, rebound, left.Token));
        (await Should.ThrowAsync<OutboundFailed>(() => GetAsync(http, rebound))).Code.ShouldBe("outbound_address");
        (lookups, canary.Visits).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Redirects_are_told_and_not_followed()
    {
        await using var inner = new Canary();
        await using var outer = Canary.Saying($"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{inner.Port}/\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
        using var http = Guarded(outer, LookupAsync, $"127.0.0.1:{outer.Port}", $"127.0.0.1:{inner.Port}");
        var answer = await GetAsync(http, new Uri($"http://127.0.0.1:{outer.Port}/"));
        (answer.Status, answer.IsSuccess).ShouldBe((302, false));
        (outer.Visits, inner.Visits).ShouldBe((1, 0));
    }

    [Fact]
    public async Task An_allowed_address_is_reached_and_only_loopback_without_tls()
    {
        await using var own = Canary.Saying("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
        using var http = Guarded(own, LookupAsync, $"localhost:{own.Port}", $"ten.attacker.test:{own.Port}");
        var answer = await GetAsync(http, new Uri($"http://LOCALHOST:{own.Port}/"));
        (answer.Status, answer.ContentType, Encoding.ASCII.GetString(answer.Body)).ShouldBe((200, "text/plain", "hello"));
        (await Should.ThrowAsync<OutboundFailed>(() => GetAsync(http, new Uri($"http://ten.attacker.test:{own.Port}/")))).Code.ShouldBe("outbound_address");
        (await Should.ThrowAsync<OutboundFailed>(() => GetAsync(http, new Uri($"http://127.0.0.1:{own.Port}/")))).Code.ShouldBe("outbound_form");
        own.Visits.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_is_read_up_to_its_limit_and_its_deadline()
    {
        await using var endless = new Canary(async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ct);
            while (true)
                await stream.WriteAsync(new byte[16 << 10], ct);
        });
        using (var http = Guarded(endless, LookupAsync, $"localhost:{endless.Port}"))
        {
            var address = new Uri($"http://localhost:{endless.Port}/");
            (await Should.ThrowAsync<OutboundFailed>(() => GetAsync(http, address))).Code.ShouldBe("outbound_too_large");
            using var greedy = new HttpRequestMessage(HttpMethod.Get, address);
            (await Should.ThrowAsync<OutboundFailed>(() => http.SendAsync(greedy, default, int.MaxValue))).Code.ShouldBe("outbound_too_large");
        }
        await using var silent = new Canary((_, ct) => Task.Delay(Timeout.Infinite, ct));
        using var late = new GuardedHttp(Settings($"localhost:{silent.Port}"), Rules(silent, LookupAsync) with { Deadline = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
        (await Should.ThrowAsync<OutboundFailed>(() => GetAsync(late, new Uri($"http://localhost:{silent.Port}/")))).Code.ShouldBe("outbound_late");
    }

    [Fact]
    public void Only_the_public_internet_counts_as_public()
    {
        foreach (var text in new[] { "8.8.8.8", "93.184.215.14", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "2606:2800:21f:cb07::1", "2a00:1450::1", "::ffff:8.8.8.8" })
            PublicAddress.Is(IPAddress.Parse(text)).ShouldBeTrue(text);
    }

    private static async Task<OutboundAnswer> GetAsync(GuardedHttp http, Uri address, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await http.SendAsync(request, ct);
    }

    private static GuardedHttp Guarded(Canary canary, Func<string, CancellationToken, Task<IPAddress[]>> lookup, params string[] allowed) =>
        new(Settings(allowed), Rules(canary, lookup), TimeProvider.System);

    // The port is one that may be asked: what keeps the connection away is the address.
    private static OutboundRules Rules(Canary canary, Func<string, CancellationToken, Task<IPAddress[]>> lookup) => new() { Lookup = lookup, Ports = [443, 8443, canary.Port] };

    private static Task<IPAddress[]> LookupAsync(string name, CancellationToken ct) => Task.FromResult(HostileAddresses.Names.GetValueOrDefault(name) ?? []);

    private static EpmSettings Settings(params string[] allowed) => new()
    {
        AdminConnection = "",
        DataDirectory = "",
        Domain = "localhost",
        Port = 0,
        Bind = "localhost",
        Development = true,
        OutboundAllow = allowed,
    };
}
