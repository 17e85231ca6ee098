using System.Net;
using System.Net.Http.Json;
using EPM.Modules.Tests.Redis;
using EPM.TestKit;

namespace EPM.Modules.Tests.Faults;

/// <summary>What is not the database may be slow, silent or gone, and the chain goes on with everything that is not its own business.</summary>
public sealed class DegradeTests(DegradeSite site) : IClassFixture<DegradeSite>
{
    public static TheoryData<Missing, How> Rows
    {
        get
        {
            var rows = new TheoryData<Missing, How>();
            foreach (var missing in Enum.GetValues<Missing>())
            {
                foreach (var how in Enum.GetValues<How>())
                    rows.Add(missing, how);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Without_it_every_cell_of_the_table_works(Missing missing, How how)
    {
        using (site.Break(missing, how))
            (await site.Cells.VisitAsync()).Where(cell => cell.Value != EveryCell.Works).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(How.Hung)]
    [InlineData(How.Down)]
    public async Task Whoever_comes_by_a_provider_that_is_away_is_sent_back_and_told_so(How how)
    {
        using var browser = site.Host.Client(DegradeSite.Slug);
        using var start = await browser.GetAsync("api/v1/auth/oidc/start");
        await (await TestProvider.SharedAsync()).ExpectAsync(DegradeSite.Slug, DegradeSite.Secret, "awa", SignUp.Email);
        var back = await TestProvider.VisitAsync(start.Headers.Location!);
        using var broken = site.Break(Missing.Provider, how);
        using var coming = new HttpRequestMessage(HttpMethod.Get, back.PathAndQuery) { Headers = { { "Cookie", start.Headers.GetValues("Set-Cookie").Select(set => set.Split(';')[0]) } } };
        using var answer = await browser.SendAsync(coming);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldEndWith("sign-in-error=provider_unreachable");
    }

    [Theory]
    [InlineData(How.Hung)]
    [InlineData(How.Down)]
    public async Task An_invitation_is_made_while_the_mail_server_is_away_and_its_letter_comes_later(How how)
    {
        using var client = site.Host.Client(DegradeSite.Slug, site.Token);
        var email = $"{how}@chaine.test".ToLowerInvariant();
        using (site.Break(Missing.Mail, how))
        {
            var scope = new { kind = "all", seesCost = true };
            using var made = await client.PostAsJsonAsync("api/v1/invitations", new { name = "Binta", email, role = "analyst", language = "fr", scope });
            (await made.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("link").GetString().ShouldNotBeNullOrEmpty();
        }
        (await site.Mail.NextAsync()).To.ShouldBe(email);
    }
}

public enum Missing
{
    Redis,
    Mail,
    Provider,
}

public enum How
{
    Slow,
    Hung,
    Down,
}

/// <summary>A real host with everything it may have, each behind a proxy that breaks it, and a chain that uses all of it.</summary>
public sealed class DegradeSite : IAsyncLifetime
{
    public const string Slug = "sans";
    public const string Secret = "a client's secret";

    private readonly Dictionary<Missing, FaultProxy> _proxies = [];
    private readonly SmtpListener _mail = new();
    private RedisServer _redis = null!;

    public HostProcess Host { get; private set; } = null!;

    public string Token { get; private set; } = "";

    public SmtpListener Mail => _mail;

    internal EveryCell Cells { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        var provider = await TestProvider.SharedAsync();
        _proxies[Missing.Redis] = FaultProxy.To(_redis.Port);
        _proxies[Missing.Mail] = FaultProxy.To(_mail.Port);
        _proxies[Missing.Provider] = FaultProxy.To(new Uri("http://" + provider.Authority).Port);
        var authority = $"127.0.0.1:{_proxies[Missing.Provider].Port}";
        Host = await HostProcess.StartAsync(new HostStart(await TestDatabases.CopyAsync())
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["EPM_REDIS"] = RedisServer.SettingAt(_proxies[Missing.Redis].Port),
                ["EPM_SMTP"] = $"smtp://127.0.0.1:{_proxies[Missing.Mail].Port}?from=no-reply@epm.example",
                ["EPM_OUTBOUND_ALLOW"] = authority,
            },
        });
        Token = (await Host.SignUpAsync(Slug)).Token;
        // The welcome, which is no cell's.
        await _mail.NextAsync();
        using var client = Host.Client(Slug, Token);
        using var set = await client.PutAsJsonAsync("api/v1/sign-in-provider", new
        {
            issuer = $"http://{authority}/{Slug}",
            clientId = Slug,
            clientSecret = Secret,
            label = "Compte",
            passwordsAllowed = true,
            twoFactorRequired = false,
        });
        await set.ShouldBeJsonAsync();
        Cells = new EveryCell(Host, Slug, Token);
        await Cells.PrepareAsync();
    }

    public IDisposable Break(Missing missing, How how)
    {
        var proxy = _proxies[missing];
        switch (how)
        {
            case How.Slow:
                proxy.Delay(TimeSpan.FromMilliseconds(200));
                break;
            case How.Hung:
                proxy.BlackHole();
                break;
            default:
                proxy.Refuse();
                proxy.ResetAll();
                break;
        }
        return new Mended(proxy);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (var proxy in _proxies.Values)
            await proxy.DisposeAsync();
        await _redis.DisposeAsync();
        await _mail.DisposeAsync();
    }

    private sealed class Mended(FaultProxy proxy) : IDisposable
    {
        public void Dispose() => proxy.Pass();
    }
}
