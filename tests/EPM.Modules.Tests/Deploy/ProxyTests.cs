using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using EPM.TestKit;

namespace EPM.Modules.Tests.Deploy;

/// <summary>The proxy's configuration, run as it is shipped, in front of peers that tell what reached them.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private Upstream _a = null!;
    private Upstream _b = null!;
    private NginxProcess _nginx = null!;

    public async Task InitializeAsync()
    {
        (_a, _b) = (await Upstream.StartAsync(), await Upstream.StartAsync());
        _nginx = await NginxProcess.StartAsync(_a.Port, _b.Port, new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_SIGN_INS_PER_SECOND"] = "1", ["EPM_UPLOAD_MAX"] = "3m" });
    }

    public async Task DisposeAsync()
    {
        await _nginx.DisposeAsync();
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task What_a_client_says_about_where_it_comes_from_is_not_passed_on()
    {
        using var client = _nginx.Client("chaine");
        foreach (var name in new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL", "X-Client-IP", "True-Client-IP", "Forwarded", "X-Epm-Elsewhere" })
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, "6.6.6.6").ShouldBeTrue();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        (await client.PostAsync("/api/v1/regions", new StringContent("{}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var headers = Arrived().ShouldHaveSingleItem().Headers;
        headers["Host"].ShouldBe($"chaine.localhost:{_nginx.Https}");
        headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        headers["X-Forwarded-Proto"].ShouldBe("https");
        headers["X-Forwarded-Host"].ShouldBe(headers["Host"]);
        headers.Values.ShouldNotContain(value => value.Contains("6.6.6.6", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_that_carries_no_key_is_never_sent_twice_and_one_that_does_is()
    {
        using var client = _nginx.Client("chaine");
        (_a.Breaks, _b.Breaks) = (1, 1);
        (await client.PostAsync("/api/v1/regions", new StringContent("once"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Arrived().Count(arrival => arrival.Body == "once").ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", "/api/v1/regions", false)]
    [InlineData("PUT", "/api/v1/regions/X", false)]
    [InlineData("POST", "/api/v1/regions", true)]
    [InlineData("POST", "/api/v1/imports", true)]
    public async Task What_can_be_repeated_goes_to_the_other_host_when_one_breaks_off(string method, string path, bool key)
    {
        using var client = _nginx.Client("chaine");
        _a.Breaks = 1;
        // Turns are taken: one of two reaches the host that breaks off.
        foreach (var turn in new[] { "first", "second" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method != "GET")
                request.Content = new StringContent(turn);
            if (key)
                request.Headers.Add("Idempotency-Key", turn);
            (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        _a.Breaks.ShouldBe(0);
        Arrived().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_database_that_rests_is_not_asked_twice_as_often()
    {
        using var client = _nginx.Client("chaine");
        (_a.Status, _b.Status) = (503, 503);
        (await client.GetAsync("/api/v1/dashboard")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Arrived().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task With_one_host_on_its_way_out_and_the_other_thought_gone_somebody_is_asked_all_the_same()
    {
        using var client = _nginx.Client("chaine");
        (_a.Breaks, _b.Breaks) = (1, 1);
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        // Both count as gone for a second from here on.
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, "/api/v1/me");
            (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("/api//v1/me", true)]
    [InlineData("//api/v1/me", true)]
    [InlineData("/api/v1/%2e%2e/me", true)]
    [InlineData("/api/v1/x%2f..%2fme", true)]
    [InlineData("/api/v1/..%2Fme", true)]
    [InlineData("/api/v1/me%00", true)]
    [InlineData("/api/v1/products/RIZ%205%2FKG", false)]
    [InlineData("/api/v1/sales/tickets/S1/A%2F1?x=//..", false)]
    public async Task Paths_that_two_readers_read_differently_are_refused_and_all_others_arrive_as_written(string target, bool refused)
    {
        var answer = await RawAsync($"GET {target} HTTP/1.1\r\nHost: chaine.localhost\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith(refused ? "HTTP/1.1 400 " : "HTTP/1.1 200 ");
        answer.Contains("X-Content-Type-Options: nosniff", StringComparison.Ordinal).ShouldBe(refused);
        Arrived().Select(arrival => arrival.Target).ShouldBe(refused ? [] : [target]);
    }

    [Fact]
    public async Task Sign_ins_are_limited_however_their_path_is_spelled()
    {
        using var client = _nginx.Client("chaine");
        string[] spellings = ["/api/v1/auth/sign-in", "/API/v1/Auth/Sign-In", "/api/v1/auth/sign-in/", "/api/v1/auth/sign%2Din"];
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            using var answer = await client.PostAsync(spellings[i % spellings.Length], new StringContent("{}"));
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                ShouldBeGuarded(answer);
        }
        statuses[..21].ShouldAllBe(status => status == HttpStatusCode.OK);
        statuses.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(10);
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Bodies_have_a_limit_and_files_a_wider_one()
    {
        using var client = _nginx.Client("chaine");
        using var refused = await client.PostAsync("/api/v1/regions", new ByteArrayContent(new byte[2_200_000]));
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        ShouldBeGuarded(refused);
        (await client.PostAsync("/api/v1/imports?kind=sales", new ByteArrayContent(new byte[2_200_000]))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/api/v1/imports?kind=sales", new ByteArrayContent(new byte[3_300_000]))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Events_arrive_as_they_are_sent()
    {
        using var client = _nginx.Client("chaine");
        using var answer = await client.GetAsync("/api/v1/imports/0190-ab/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        // The peer never ends this answer: a proxy that waits for more would show nothing.
        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe("event: progress");
    }

    [Fact]
    public async Task Plain_HTTP_is_sent_to_HTTPS_and_a_strangers_name_gets_no_answer()
    {
        using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{_nginx.Http}/tdb?a=b");
        request.Headers.Host = "chaine.localhost";
        using var answer = await plain.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        answer.Headers.Location.ShouldBe(new Uri($"https://chaine.localhost:{_nginx.Https}/tdb?a=b"));
        await Should.ThrowAsync<HttpRequestException>(() => plain.GetAsync($"http://127.0.0.1:{_nginx.Http}/"));
        await Should.ThrowAsync<Exception>(() => RawAsync("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "evil.example"));
        (await RawAsync("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")).ShouldNotContain("200");
        Arrived().ShouldBeEmpty();
    }

    [Fact]
    public async Task With_both_hosts_gone_the_proxy_says_so_as_the_hosts_would()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        using var client = _nginx.Client("chaine");
        using var answer = await client.GetAsync("/api/v1/me");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        ShouldBeGuarded(answer);
        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private IEnumerable<Arrival> Arrived() => _a.Arrived.Concat(_b.Arrived);

    private static void ShouldBeGuarded(HttpResponseMessage answer)
    {
        foreach (var name in new[] { "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Strict-Transport-Security" })
            answer.Headers.Contains(name).ShouldBeTrue(name);
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
    }

    private async Task<string> RawAsync(string request, string name = "chaine.localhost")
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _nginx.Https);
        await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, _nginx.IsOurs);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 });
        await tls.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(tls, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }
}
