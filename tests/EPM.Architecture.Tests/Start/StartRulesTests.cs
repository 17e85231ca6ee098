using EPM.Host;
using EPM.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace EPM.Architecture.Tests.Start;

/// <summary>Settings that are not safe do not serve (TRUST T22).</summary>
public sealed class StartRulesTests
{
    private const string Far = "Host=db.internal;Username=admin;Password=x8Kq2-Zt7vRw9Lm4;Database=epm";

    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["EPM_PG"] = Far,
        ["EPM_SECRET"] = "9f2c4be17a60d853f1e2b7c49a5d8036e4f71b2c",
        ["EPM_DOMAIN"] = "epm.example",
        ["EPM_BIND"] = "0.0.0.0",
        ["EPM_PROXIES"] = "10.0.0.0/8, fd00::/8",
        ["EPM_OUTBOUND_ALLOW"] = "erp.internal:8443,10.1.2.3:443",
    };

    [Theory]
    [InlineData("EPM_SECRET", null, "EPM_SECRET is not set")]
    [InlineData("EPM_SECRET", "", "EPM_SECRET is not set")]
    [InlineData("EPM_SECRET", "b7c49a5d8036e4f7", "fewer than 32")]
    [InlineData("EPM_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "others know")]
    [InlineData("EPM_SECRET", "changeme-changeme-changeme-changeme-1", "others know")]
    [InlineData("EPM_SECRET", "0123456789abcdef0123456789abcdef", "others know")]
    [InlineData("EPM_DOMAIN", null, "EPM_DOMAIN")]
    [InlineData("EPM_DOMAIN", "localhost", "EPM_DOMAIN")]
    [InlineData("EPM_DOMAIN", "10.0.0.1", "EPM_DOMAIN")]
    [InlineData("EPM_PG", null, "EPM_PG is not set")]
    [InlineData("EPM_PG", "what is this", "no connection string")]
    [InlineData("EPM_PG", Far + ";No Reset On Close=true", "No Reset On Close")]
    [InlineData("EPM_PG", Far + ";Multiplexing=true", "Multiplexing")]
    [InlineData("EPM_PG", "Host=db.internal;Username=admin;Database=epm", "EPM_PG has no password")]
    [InlineData("EPM_PG", "Host=db.internal;Username=admin;Password=Postgres;Database=epm", "everybody knows")]
    [InlineData("EPM_PG", "Host=127.0.0.1,db.internal;Username=owner;Password=owner;Database=epm", "everybody knows")]
    [InlineData("EPM_BENCH", "1", "EPM_BENCH")]
    [InlineData("EPM_DEMO", "1", "EPM_DEMO")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", "believes everybody")]
    [InlineData("EPM_PORT", "65536", "EPM_PORT")]
    [InlineData("EPM_BIND", "everywhere", "EPM_BIND")]
    [InlineData("EPM_PROXIES", "10.0.0.1, proxy", "EPM_PROXIES")]
    [InlineData("EPM_OUTBOUND_ALLOW", "erp.internal", "EPM_OUTBOUND_ALLOW")]
    public void Production_refuses_a_setting_that_is_not_safe_and_says_which(string name, string? value, string sentence)
    {
        Broken(Good, Environments.Production).ShouldBeEmpty();
        var settings = new Dictionary<string, string?>(Good, StringComparer.Ordinal) { [name] = value };
        Broken(settings, Environments.Production).ShouldContain(told => told.Contains(sentence, StringComparison.Ordinal));
        Broken(settings, "Staging").ShouldNotBeEmpty("whatever is not development is production");
    }

    [Fact]
    public void Development_and_a_database_of_this_machine_may_do_without()
    {
        Broken(new() { ["EPM_PG"] = "Host=127.0.0.1;Username=postgres;Password=postgres" }, Environments.Development).ShouldBeEmpty();
        Broken(new(Good) { ["EPM_PG"] = "Host=/var/run/postgresql;Username=epm" }, Environments.Production).ShouldBeEmpty();
        Broken(new(Good) { ["EPM_BENCH"] = "1" }, StartRules.Bench).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_process_itself_ends_before_it_listens()
    {
        var start = new HostStart("Host=db.internal;Username=admin;Database=epm") { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_SECRET"] = "short", ["EPM_BENCH"] = "1" } };
        await using var host = HostProcess.Launch(start);
        (await host.ExitAsync()).ShouldBe(StartRules.ExitCode);
        host.Log.ShouldContain("EPM_SECRET has fewer");
        host.Log.ShouldContain("EPM_BENCH opens");
        host.Log.ShouldContain("EPM_PG has no password");
        host.Log.ShouldNotContain("   at ");
    }

    private static IReadOnlyList<string> Broken(Dictionary<string, string?> settings, string environment) =>
        StartRules.Broken(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), environment);
}
