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
        (Token, Cookie) = await Host.SignUpAsync("chain-a", Password);
        await Host.SignUpAsync("chain-b", Password);
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
