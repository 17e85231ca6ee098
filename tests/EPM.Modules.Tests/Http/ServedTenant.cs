using System.Net.Http.Json;
using System.Text.Json;
using EPM.TestKit;
using Npgsql;

namespace EPM.Modules.Tests.Http;

/// <summary>The product in a process of its own, on a database of its own, with two chains: shared by the tests of a class.</summary>
public sealed class ServedTenant : IAsyncLifetime
{
    public const string Password = "CNRY mot de passe de canari";

    private readonly string _page = Page();

    public HostStart Start { get; private set; } = null!;

    public HostProcess Host { get; private set; } = null!;

    /// <summary>Of chain-a's administrator.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The refresh cookie that came with it.</summary>
    public string Cookie { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Start = new HostStart(await TestDatabases.CopyAsync())
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_PROXIES"] = "127.0.0.1/32, 10.0.0.0/8", ["EPM_WEB"] = _page, ["Logging__LogLevel__Default"] = "Debug" },
        };
        Host = await HostProcess.StartAsync(Start);
        using var apex = Host.Client(null);
        foreach (var slug in new[] { "chain-a", "chain-b" })
        {
            using var opened = await apex.PostAsJsonAsync("api/v1/tenants", new
            {
                slug,
                name = "Chaîne",
                country = "SN",
                currency = "XOF",
                timeZone = "Africa/Dakar",
                language = "fr",
                admin = new { name = "Awa", email = "awa@chaine.test", password = Password },
            });
            opened.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await opened.Content.ReadAsStringAsync());
        }
        using var client = Host.Client("chain-a");
        using var signedIn = await client.PostAsJsonAsync("api/v1/auth/sign-in", new { email = "awa@chaine.test", password = Password });
        Token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        Cookie = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-epm-refresh=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_page, recursive: true);
    }

    public async Task<string> AskAsync(string sql)
    {
        await using var admin = new NpgsqlConnection(Start.Connection);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand(sql, admin);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static string Page()
    {
        var directory = Directory.CreateTempSubdirectory("epm-page").FullName;
        Directory.CreateDirectory(Path.Combine(directory, "assets"));
        File.WriteAllText(Path.Combine(directory, "index.html"), "<!doctype html><title>EPM</title>");
        File.WriteAllText(Path.Combine(directory, "assets", "app-1a2b.js"), "export {};");
        return directory;
    }
}
