using System.Net;
using System.Net.Http.Json;
using EPM.TestKit;
using Npgsql;

namespace EPM.Modules.Tests.Faults;

/// <summary>A server of its own, the real host behind a fault proxy, and a chain on it.</summary>
public sealed class FaultSite : IAsyncLifetime
{
    private const string Slug = "panne";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string? _directory;
    private string _token = "";
    private int _codes;

    public FaultSite()
    {
    }

    /// <param name="directory">Where the database is kept.</param>
    internal FaultSite(string directory) => _directory = directory;

    public PostgresServer Server { get; private set; } = null!;

    public FaultProxy Proxy { get; private set; } = null!;

    public HostProcess Host { get; private set; } = null!;

    internal EveryCell Cells { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await PostgresServer.StartAsync(_directory);
        await HostProcess.MigrateAsync(new HostStart(Server.Connection));
        Proxy = FaultProxy.To(Server.Connection);
        Host = await HostProcess.StartAsync(new HostStart(Proxy.Through(Server.Connection))
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_DEADLINE_SECONDS"] = "5" },
        });
        _token = (await Host.SignUpAsync(Slug)).Token;
        Cells = new EveryCell(Host, Slug, _token);
        await Cells.PrepareAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Proxy.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>The chain's administrator.</summary>
    public HttpClient Client(TimeSpan? patience = null) => Host.Client(Slug, _token, patience ?? Patience);

    /// <summary>A code nobody used.</summary>
    public string NewCode() => $"r{Interlocked.Increment(ref _codes)}";

    public static Task<HttpResponseMessage> AddRegionAsync(HttpClient client, string code)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/regions") { Content = JsonContent.Create(new { code, name = "Région " + code }) };
        request.Headers.Add("Idempotency-Key", code);
        return client.SendAsync(request);
    }

    /// <summary>Asks what is never answered from memory, until the answer is a success.</summary>
    public async Task UntilServedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = Client();
        while (true)
        {
            using var answer = await client.GetAsync("api/v1/users", limit.Token);
            if (answer.IsSuccessStatusCode && await Host.StatusAsync("/health/ready") == 200)
                return;
        }
    }

    /// <summary>Asks the database itself, past host and proxy, as the administrator.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server.Connection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
