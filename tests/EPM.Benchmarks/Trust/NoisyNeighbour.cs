using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Http;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Trust;

/// <summary>T25: one chain asks twenty times as much as another and imports besides; what the other notices of it.</summary>
internal static class NoisyNeighbour
{
    private const int Quiet = 10;
    private const int Noisy = 20 * Quiet;
    private const int QuietPeople = 10;
    private const int NoisyPeople = 20;
    private const long Lines = 1_000_000;
    private const string Password = "mesurer trois fois avant";

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Noise = TimeSpan.FromSeconds(40);

    public static async Task RunAsync(Options options, TrustReport report)
    {
        await using var site = await Site.OpenAsync(options.With("EPM_DEADLINE_SECONDS", "5"), await Site.CreateDatabaseAsync(options, "trust_noise"));
        using var other = await OneChainBack.OpenOtherAsync(site);
        var sales = new SalesFiles(await site.NumbersAsync());
        var (small, large) = (Path.Combine(options.Scratch, "quiet.csv"), Path.Combine(options.Scratch, "noise.csv"));
        sales.Write(small, rows: null, 50_000, Shape.First, Shape.Days);
        sales.Write(large, rows: null, Lines, Shape.First, Shape.Days);
        await StockAsync(other, small);
        await using (var content = File.OpenRead(small))
            await site.ImportAsync("sales", content);

        var quiet = new Visitors(site.Host.Port, await RequestsAsync(site, OneChainBack.Other, other, QuietPeople), Quiet, connections: 8);
        using var director = site.Host.Client(Site.Slug, await site.TokenAsync());
        var noise = new Visitors(site.Host.Port, await RequestsAsync(site, Site.Slug, director, NoisyPeople), Noisy, connections: 64);
        // As the product is delivered: within them are the quiet ones, and the noisy ones far beyond.
        foreach (var chain in new[] { director, other })
        {
            using var limited = await chain.PutAsJsonAsync("api/v1/limits", new { requestsPerMinute = 100, uploadsAtOnce = 2 });
            limited.EnsureSuccessStatusCode();
        }
        quiet.Run(TimeSpan.FromSeconds(5));
        var calm = quiet.Run(Calm);
        await using (var content = File.OpenRead(large))
            await site.UploadAsync("sales", content);
        var loud = Task.Run(() => noise.Run(Noise + TimeSpan.FromSeconds(2)));
        await Task.Delay(TimeSpan.FromSeconds(2));
        var disturbed = quiet.Run(Noise);
        var excess = await loud;
        var imported = await site.ScalarAsync<long>("SELECT max(read) FROM sales.import");
        Tell(report, calm, disturbed, excess, imported);
    }

    private static void Tell(TrustReport report, (int Status, double Milliseconds)[] calm, (int Status, double Milliseconds)[] disturbed, (int Status, double Milliseconds)[] excess, long imported)
    {
        var (before, during) = (P95(calm), P95(disturbed));
        var errors = disturbed.Count(answer => answer.Status != 200);
        var refused = excess.Where(answer => answer.Status is 429 or 503).ToArray();
        var broken = excess.Count(answer => answer.Status is not (200 or 429 or 503));
        report.Add(new TrustFigure("T25", $"a chain of {NoisyPeople} people asks {Noisy} times a second and imports {Lines:N0} lines, another of {QuietPeople} {Quiet} times a second; limits as delivered",
            string.Create(CultureInfo.InvariantCulture, $"the other's p95 {during:0} ms, undisturbed {before:0} ms: {during / before:0.0} ×, {errors} of {disturbed.Length} not answered 200; of {excess.Length:N0} noisy ones {refused.Length:N0} refused with 429 or 503 (p95 {P95(refused):0} ms), {broken} otherwise; {imported:N0} lines read meanwhile"),
            "p95 ≤ 2 ×, 0 errors of the other, excess gets 429 or 503", during <= 2 * before && errors == 0 && broken == 0));
    }

    private static double P95((int Status, double Milliseconds)[] answers) => Work.P95([.. answers.Select(answer => answer.Milliseconds).Order()]);

    // Each person asks for everything in turn, and the persons take turns.
    private static async Task<byte[][]> RequestsAsync(Site site, string slug, HttpClient admin, int people)
    {
        var tokens = new List<string>();
        for (var person = 0; person < people; person++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"p{person}@{slug}.test");
            using var added = await admin.PostAsJsonAsync("api/v1/users", new { name = "Personne", email, password = Password, role = "director", language = "fr", scope = new { kind = "all", seesCost = true } });
            added.EnsureSuccessStatusCode();
            using var signedIn = await admin.PostAsJsonAsync("api/v1/auth/sign-in", new { email, password = Password });
            tokens.Add((await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!);
        }
        return [.. Paths().SelectMany(path => tokens.Select(token => KeptConnection.Get(site.Host.Port, $"{slug}.localhost", path, token)))];
    }

    private static async Task StockAsync(HttpClient client, string sales)
    {
        await ImportAsync(client, "stores", new MemoryStream(Encoding.UTF8.GetBytes(Shape.StoresFile())));
        for (var branch = 0; branch < Shape.Branches; branch++)
            await AddCategoryAsync(client, Shape.Branch(branch), parent: null);
        for (var leaf = 0; leaf < Shape.Leaves; leaf++)
            await AddCategoryAsync(client, Shape.Leaf(leaf), Shape.Branch(leaf / Shape.LeavesOfABranch));
        await ImportAsync(client, "products", new MemoryStream(Encoding.UTF8.GetBytes(Shape.ProductsFile())));
        await ImportAsync(client, "sales", File.OpenRead(sales));
    }

    private static async Task AddCategoryAsync(HttpClient client, string code, string? parent)
    {
        using var answer = await client.PostAsJsonAsync("api/v1/categories", new { code, name = "Rayon " + code, parent });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task ImportAsync(HttpClient client, string kind, Stream content)
    {
        using var body = new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var sent = await client.PostAsync($"api/v1/imports?kind={kind}", body);
        sent.EnsureSuccessStatusCode();
        var id = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        while ((await client.GetFromJsonAsync<JsonElement>($"api/v1/imports/{id}")).GetProperty("state").GetString() != "completed")
            await Task.Delay(100);
    }

    private static IEnumerable<string> Paths()
    {
        for (var month = 1; month <= 12; month++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"/api/v1/dashboard?from=2025-{month:00}-01&to=2025-{month:00}-28&compare=previous");
            yield return string.Create(CultureInfo.InvariantCulture, $"/api/v1/metrics/query?metrics=revenue,tickets,basket&by=store&from=2025-{month:00}-01&to=2025-{month:00}-28");
        }
    }
}
