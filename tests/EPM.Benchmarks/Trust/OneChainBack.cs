using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Running;
using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T35: one chain is destroyed and brought back by the operator's command while another goes on writing.</summary>
internal static class OneChainBack
{
    private const long Lines = 100_000;
    public const string Other = "voisine";
    private const string Password = "vendre sans jamais attendre";

    // Of what is to come back the largest part, and what was destroyed of it.
    private static readonly string[] Tables = ["sales.line", "sales.day_product", "sales.day_category", "sales.product", "stores.store", "tenancy.app_user"];

    public static async Task RunAsync(Options options, TrustReport report)
    {
        var admin = await Site.CreateDatabaseAsync(options, "trust_tenant");
        await using var site = await Site.OpenAsync(options, admin);
        using var neighbour = await OpenOtherAsync(site);
        var sales = Path.Combine(options.Scratch, "tenant.csv");
        new SalesFiles(await site.NumbersAsync()).Write(sales, rows: null, Lines, Shape.First, Shape.Days);
        await using (var content = File.OpenRead(sales))
            await site.ImportAsync("sales", content);
        var file = Path.Combine(options.Scratch, "tenant.zip");
        var then = await PrintAsync(site);
        var export = await VerbAsync(options, admin, "export", Site.Slug, "--to", file);
        await site.ExecuteAsync($"DELETE FROM sales.line WHERE tenant_id = '{site.Tenant}' AND line > 1; UPDATE sales.product SET name = 'x' WHERE tenant_id = '{site.Tenant}'; "
            + $"UPDATE sales.day_category SET revenue = 0 WHERE tenant_id = '{site.Tenant}'");
        var damaged = await PrintAsync(site);

        using var done = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(neighbour, done.Token));
        var restore = await VerbAsync(options, admin, "restore", Site.Slug, "--from", file);
        await done.CancelAsync();
        var (written, failed, slowest) = await writing;
        var kept = await site.ScalarAsync<long>("SELECT count(*) FROM stores.region WHERE region_code LIKE 'w%'");
        var same = await PrintAsync(site) == then && damaged != then;
        report.Add(new TrustFigure("T35", string.Create(CultureInfo.InvariantCulture, $"a chain of {Lines:N0} lines destroyed, and brought back while another writes"),
            string.Create(CultureInfo.InvariantCulture, $"{(same ? "as it was" : "NOT as it was")} after {restore:0.0} s (file of {new FileInfo(file).Length / 1e6:0.0} MB written in {export:0.0} s); "
                + $"the other: {written} writes, {failed} failed, {written - kept} lost, the slowest {slowest.TotalMilliseconds:0} ms"),
            "equal to then, 0 rows of others changed or lost, 0 failed, ≤ 10 min", same && failed == 0 && written == kept && restore <= 600));
    }

    private static async Task<string> PrintAsync(Site site)
    {
        var prints = new List<string>();
        foreach (var table in Tables)
            prints.Add(await site.ScalarAsync<string>($"SELECT count(*) || ' ' || sum(hashtextextended(t::text, 0)::numeric) FROM {table} t WHERE tenant_id = '{site.Tenant}'"));
        return string.Join(", ", prints);
    }

    private static async Task<double> VerbAsync(Options options, string admin, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        await using var verb = HostProcess.Launch(options.HostOn(admin), "tenant", arguments);
        if (await verb.ExitAsync(TimeSpan.FromMinutes(20)) != 0)
            throw new ImpossibleException($"tenant {string.Join(' ', arguments)} ended so:\n{verb.Log}");
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Opens another chain beside the site's own.</summary>
    /// <returns>A client signed in as its administrator.</returns>
    public static async Task<HttpClient> OpenOtherAsync(Site site)
    {
        using var apex = site.Host.Client(slug: null);
        using var opened = await apex.PostAsJsonAsync("api/v1/tenants", new
        {
            slug = Other,
            name = "La Voisine",
            country = "SN",
            currency = "XOF",
            timeZone = "Africa/Dakar",
            language = "fr",
            admin = new { name = "Direction", email = "direction@voisine.test", password = Password },
        });
        opened.EnsureSuccessStatusCode();
        var client = site.Host.Client(Other, timeout: TimeSpan.FromSeconds(30));
        using var signedIn = await client.PostAsJsonAsync("api/v1/auth/sign-in", new { email = "direction@voisine.test", password = Password });
        signedIn.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString());
        return client;
    }

    private static async Task<(long Written, long Failed, TimeSpan Slowest)> WriteAsync(HttpClient client, CancellationToken ct)
    {
        var (written, failed, slowest) = (0L, 0L, TimeSpan.Zero);
        while (!ct.IsCancellationRequested)
        {
            var from = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsJsonAsync("api/v1/regions", new { code = $"w{written + failed}", name = "Région" }, CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(from);
            slowest = took > slowest ? took : slowest;
            if (answer.StatusCode == HttpStatusCode.Created)
                written++;
            else
                failed++;
        }
        return (written, failed, slowest);
    }
}
