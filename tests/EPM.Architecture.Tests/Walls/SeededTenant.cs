using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Architecture.Tests.Walls;

/// <summary>A chain with something behind every route: what the walls must keep in, marked so that a leak is a search.</summary>
internal sealed partial class SeededTenant(TestTenant tenant, string mark)
{
    // Which collection the name of a reference belongs to, and which member of its items it repeats.
    private static readonly Dictionary<string, (string Collection, string Member)> References = new(StringComparer.Ordinal)
    {
        ["region"] = ("regions", "code"),
        ["regions"] = ("regions", "code"),
        ["store"] = ("stores", "code"),
        ["stores"] = ("stores", "code"),
        ["category"] = ("categories", "code"),
        ["parent"] = ("categories", "code"),
        ["product"] = ("products", "sku"),
        ["sku"] = ("products", "sku"),
        ["mapping"] = ("import-mappings", "name"),
    };

    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);

    public TestTenant Tenant { get; } = tenant;

    /// <summary>In every free text of this chain, and nowhere else.</summary>
    public string Canary { get; } = "CNRY" + mark;

    /// <summary>This chain's own value for each name of a reference.</summary>
    public IReadOnlyDictionary<string, string> Own => _own;

    public static async Task<SeededTenant> SeedAsync(TestTenant tenant, string mark)
    {
        var seeded = new SeededTenant(tenant, mark);
        var admin = await tenant.As(Roles.Admin);
        foreach (var name in References.Keys)
            seeded._own[name] = $"{References[name].Collection[..2].ToUpperInvariant()}-{mark}";
        var own = seeded._own;
        await PostAsync("regions", new { code = own["region"], name = seeded.Canary });
        await PostAsync("stores", new
        {
            code = own["store"],
            name = seeded.Canary,
            region = own["region"],
            country = "SN",
            currency = "XOF",
            surface = 100,
            openedOn = "2024-01-01",
            timeZone = "Africa/Dakar",
        });
        await PutAsync($"stores/{own["store"]}/objectives", new { items = new[] { new { month = "2026-01", revenue = 5_000_000 } } });
        await PutAsync($"stores/{own["store"]}/closures", new { items = new[] { new { from = "2026-01-20", to = "2026-01-21", reason = seeded.Canary } } });
        await PostAsync("events", new { code = "EV-" + mark, name = seeded.Canary, country = "SN", from = "2026-01-10", to = "2026-01-12", lead = 1, lag = 1, stores = new[] { own["store"] } });
        await PostAsync("categories", new { code = own["category"], name = seeded.Canary });
        await PostAsync("products", new { sku = own["product"], name = seeded.Canary, category = own["category"], purchasePrice = 500, salePrice = 1000, taxRate = 0.18 });
        await PostAsync("users", new
        {
            name = seeded.Canary,
            email = $"{mark.ToLowerInvariant()}@secret.test",
            password = TestTenant.Password,
            role = Roles.Analyst,
            language = "fr",
            scope = new { kind = "all", seesCost = true },
        });
        await PostAsync("api-keys", new
        {
            name = seeded.Canary,
            permissions = new[] { Permissions.ViewStores },
            scope = new { kind = "all", seesCost = true },
            expiresOn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(30).DateTime),
        });
        await PostAsync("invitations", new { name = seeded.Canary, email = $"invited-{mark.ToLowerInvariant()}@secret.test", role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = true } });
        // Signed in, so that there is a session behind the routes that end one.
        using var _ = await tenant.SignInAsync($"{mark.ToLowerInvariant()}@secret.test");
        await PutAsync($"import-mappings/{own["mapping"]}?kind=sales", new
        {
            name = own["mapping"],
            kind = "sales",
            builtIn = false,
            columns = new { store = "magasin", sold_at = "quand " + seeded.Canary, sku = "article", quantity = "quantite" },
            constants = new { },
            lineNumber = "ordinal",
            unknownProducts = "reject",
            unknownStores = "reject",
        });
        await seeded.ImportAsync(admin);
        using var queued = await admin.PostAsJsonAsync(Routes.Prefix + "forecasts/runs", new { kind = "retrain" });
        var run = (await queued.ShouldBeJsonAsync(System.Net.HttpStatusCode.Accepted)).GetProperty("id").GetString();
        (await ToldAsync(admin, $"forecasts/runs/{run}/events")).ShouldContain("\"completed\"");
        var director = await tenant.As(Roles.Director);
        await DoneAsync(await director.PutAsJsonAsync(Routes.Prefix + "forecasts/overrides", new
        {
            items = new[] { new { level = "product", sku = own["sku"], store = own["store"], from = "2026-01-06", to = "2026-01-31", formula = "*1.2", reason = seeded.Canary } },
        }));
        await DoneAsync(await director.PutAsJsonAsync(Routes.Prefix + "forecasts/corrections", new
        {
            items = new[] { new { sku = own["sku"], store = own["store"], date = "2026-01-05", corrected = 1, reason = "manual", note = seeded.Canary } },
        }));
        return seeded;

        async Task PostAsync(string path, object body) => await DoneAsync(await admin.PostAsJsonAsync(Routes.Prefix + path, body));
        async Task PutAsync(string path, object body) => await DoneAsync(await admin.PutAsJsonAsync(Routes.Prefix + path, body));
    }

    /// <summary>A sales file of this chain: one good line, one that is refused.</summary>
    public HttpContent File() => new ByteArrayContent(Encoding.UTF8.GetBytes(
        "store,ticket,line,sold_at,sku,quantity,unit_price,discount,tax_rate,customer\n"
        + $"{_own["store"]},TICKET-{mark},1,2026-01-05T10:00:00,{_own["product"]},2,1000,0,0.18,{Canary}\n"
        + $"{_own["store"]},TICKET-{mark},2,2026-01-05T10:00:00,{Canary},2,1000,0,0.18,{Canary}\n"))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("text/csv") },
    };

    /// <summary>
    /// The values of a path's parameters, read from the collections that stand before them: their items have members of the same names.
    /// </summary>
    /// <returns>Null when no item has them.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> IdsAsync(string path)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var admin = await Tenant.As(Roles.Admin);
        // Parameters that follow one another name one item together.
        foreach (Match run in Parameters().Matches(path))
        {
            var names = Parameter().Matches(run.Value).Select(match => match.Groups["name"].Value).ToArray();
            var collection = ids.Aggregate(path[..run.Index], (text, id) => Regex.Replace(text, $@"\{{{id.Key}[^}}]*\}}", Uri.EscapeDataString(id.Value), RegexOptions.None, TimeSpan.FromSeconds(1)));
            using var response = await admin.GetAsync(collection + "?from=2026-01-01&to=2026-01-31&kind=sales&search=");
            if (!response.IsSuccessStatusCode || await ItemAsync(response) is not { ValueKind: JsonValueKind.Object } item || !names.All(name => item.TryGetProperty(name, out _)))
                return null;
            foreach (var name in names)
                ids[name] = item.GetProperty(name).ToString();
        }
        return ids;
    }

    // One that is marked as this chain's, or any.
    private async Task<JsonElement> ItemAsync(HttpResponseMessage response)
    {
        var items = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray()
            .Where(item => !item.TryGetProperty("builtIn", out var builtIn) || !builtIn.GetBoolean()).ToArray();
        return items.Where(item => item.ToString().Contains(mark, StringComparison.OrdinalIgnoreCase)).Append(items.FirstOrDefault()).First();
    }

    private async Task ImportAsync(HttpClient admin)
    {
        using var file = File();
        using var accepted = await admin.PostAsync(Routes.Prefix + "imports?kind=sales&file=" + Canary, file);
        var id = (await accepted.ShouldBeJsonAsync(System.Net.HttpStatusCode.Accepted)).GetProperty("id").GetString();
        (await ToldAsync(admin, $"imports/{id}/events")).ShouldContain("\"completed\"");
        var import = await admin.GetJsonAsync($"{Routes.Prefix}imports/{id}");
        (import.GetProperty("added").GetInt64(), import.GetProperty("rejected").GetInt64()).ShouldBe((1, 1));
    }

    // Followed to its end by its own events: nothing here waits by the clock.
    private static async Task<string> ToldAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Prefix + path);
        using var events = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return await events.Content.ReadAsStringAsync();
    }

    private static async Task DoneAsync(HttpResponseMessage response)
    {
        using (response)
            response.IsSuccessStatusCode.ShouldBeTrue($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex(@"(/\{[^}]*\})+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"\{(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
