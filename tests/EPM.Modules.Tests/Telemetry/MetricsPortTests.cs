using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using EPM.Modules.Tests.Sales.Imports;
using EPM.TestKit;

namespace EPM.Modules.Tests.Telemetry;

/// <summary>What the dashboards and alert rules in deploy/monitoring ask for is what a host tells.</summary>
public sealed partial class MetricsPortTests
{
    [Fact]
    public async Task Everything_that_dashboards_and_alerts_ask_for_is_told_on_a_port_of_its_own()
    {
        await using var server = await PostgresServer.StartAsync();
        var port = HostProcess.FreePort();
        var start = new HostStart(server.Connection)
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["EPM_METRICS_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                // What is measured here is what is told, not how fast a loaded machine signs up.
                ["EPM_DEADLINE_SECONDS"] = "60",
            },
        };
        await HostProcess.MigrateAsync(start);
        await using var host = await HostProcess.StartAsync(start);
        await UseAsync(host);

        using var monitoring = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/") };
        using var answer = await monitoring.GetAsync("metrics");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var told = await answer.Content.ReadAsStringAsync();
        var asked = Asked();
        asked.Count.ShouldBeGreaterThan(8);
        asked.Where(name => !Regex.IsMatch(told, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).ShouldBeEmpty(told);
        told.ShouldContain("epm_import_lines_total{outcome=\"added\"} 2\n");
        told.ShouldContain("epm_import_lines_total{outcome=\"rejected\"} 1\n");
        told.ShouldContain("http_route=\"/api/v1/dashboard\"");
        told.ShouldNotContain("Password", Case.Insensitive);
        told.ShouldNotContain("metered", Case.Insensitive, "no tenant and nobody is named");

        (await monitoring.GetAsync("api/v1/site")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await monitoring.PostAsync("metrics", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var apex = host.Client(slug: null);
        (await (await apex.GetAsync("metrics")).Content.ReadAsStringAsync()).ShouldNotContain("epm_import");
    }

    /// <summary>A chain signs up, imports a file with one bad line, and looks at its dashboard; one more sign-in is refused.</summary>
    private static async Task UseAsync(HostProcess host)
    {
        var token = (await host.SignUpAsync("metered")).Token;
        using var anonymous = host.Client("metered");
        using var refused = await anonymous.PostAsJsonAsync("api/v1/auth/sign-in", new { email = SignUp.Email, password = "not this one at all" });
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var awa = host.Client("metered", token);
        await PlainSales.MapAsync(awa);
        using var accepted = await PlainSales.SendAsync(awa, "M1,T1,1,2026-10-05 10:00,P1,1,500\nM1,T1,2,2026-10-05 10:00,P2,2,250\nM1,T2,1,never,P2,2,250\n");
        var id = (await accepted.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString();
        (await awa.GetStringAsync($"api/v1/imports/{id}/events")).ShouldContain("\"completed\"");
        (await awa.GetAsync("api/v1/dashboard?from=2026-10-01&to=2026-10-31")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static HashSet<string> Asked()
    {
        var monitoring = Path.Combine(Repository.Root, "deploy", "monitoring");
        var rules = File.ReadAllLines(Path.Combine(monitoring, "rules", "epm.yml")).Where(line => line.TrimStart().StartsWith("expr:", StringComparison.Ordinal));
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(monitoring, "grafana", "dashboards", "epm.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _)).SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);
        return [.. rules.Concat(panels).SelectMany(expression => Metric().Matches(expression)).Select(match => match.Value)];
    }

    [GeneratedRegex(@"\b(?:epm|http|db|dotnet)_\w+", RegexOptions.None, 1000)]
    private static partial Regex Metric();
}
