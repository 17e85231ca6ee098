using System.Collections.Concurrent;
using System.Net.Http.Headers;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EPM.TestKit;

/// <summary>The real application on a database of its own. Most tests share one and keep apart by tenant.</summary>
public sealed class EpmHost : WebApplicationFactory<Program>
{
    // Enough to be another algorithm than none, cheap enough for a new tenant in every test.
    private static readonly PasswordCost CheapPasswords = new(1_000);

    private static readonly Lazy<Task<EpmHost>> Common = new(() => StartAsync());
    private static readonly ConcurrentBag<EpmHost> Started = [];
    private static int _tenants;

    private readonly string _connection;
    private readonly TimeProvider? _time;
    private readonly string _environment;
    private readonly Action<IServiceCollection>? _services;

    private EpmHost(string connection, TimeProvider? time, string environment, Action<IServiceCollection>? services)
    {
        (_connection, _time, _environment, _services) = (connection, time, environment, services);
        Started.Add(this);
    }

    /// <summary>The host that tests share, started by the first that asks.</summary>
    public static Task<EpmHost> SharedAsync() => Common.Value;

    /// <summary>A host of one's own, for tests that move the clock, rotate keys or look at the whole database.</summary>
    /// <param name="connection">The database of another host, to run two on one; a fresh one when null.</param>
    public static async Task<EpmHost> StartAsync(
        TimeProvider? time = null, bool development = true, string? connection = null, Action<IServiceCollection>? services = null) =>
        new(connection ?? await TestDatabases.CopyAsync(), time, development ? Environments.Development : Environments.Production, services);

    /// <summary>Administrator's connection string of this host's database.</summary>
    public string Connection => _connection;

    /// <summary>Opens a chain with one person per role.</summary>
    public async Task<TestTenant> NewTenantAsync(string? slug = null, string currency = "XOF", string timeZone = "Africa/Dakar", string language = "fr", bool demo = false)
    {
        slug ??= $"t{Interlocked.Increment(ref _tenants)}-{Environment.ProcessId}";
        var users = Roles.All.Select(role => TestTenant.Person(role, language, DataScope.Everything)).ToArray();
        var info = await Services.GetRequiredService<ITenantOpening>().OpenAsync(
            new TenantToOpen(slug, $"Chaîne {slug}", "SN", currency, timeZone, language, demo), users, CancellationToken.None);
        return new TestTenant(this, info);
    }

    /// <summary>A client of one address, without cookies unless asked for.</summary>
    /// <param name="slug">The tenant, or null for the apex.</param>
    public HttpClient Client(string? slug, string? token = null, bool cookies = false)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions
        {
            BaseAddress = new Uri(slug is null ? "https://localhost/" : $"https://{slug}.localhost/"),
            AllowAutoRedirect = false,
            HandleCookies = cookies,
        });
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A transaction as the application's own role, with the tenant setting given, or none.</summary>
    public Task<AppSession> AsAppAsync(string? tenant) => AppSession.OpenAsync(Database.AppConnection(_connection), tenant);

    /// <summary>Stops every host, so that none is left without its database.</summary>
    internal static async Task StopAllAsync()
    {
        while (Started.TryTake(out var host))
            await host.DisposeAsync();
    }

    internal static EpmSettings SettingsFor(string connection) => new()
    {
        AdminConnection = connection,
        DataDirectory = DataDirectory,
        Domain = "localhost",
        Port = 5080,
        Bind = "localhost",
        Development = true,
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseSetting("EPM_PG", _connection);
        builder.UseSetting("EPM_DATA", DataDirectory);
        builder.UseSetting("EPM_DOMAIN", "localhost");
        builder.UseSetting("EPM_PORT", "5080");
        // Tests that are about limits set their chain's own.
        builder.UseSetting("EPM_LIMIT_REQUESTS", "1000000");
        builder.UseSetting("EPM_LIMIT_ANONYMOUS", "1000000");
        builder.UseSetting("EPM_DRAIN_SECONDS", "0");
        // Whether a loaded machine is quick enough is not what these tests ask.
        builder.UseSetting("EPM_DEADLINE_SECONDS", "60");
        builder.UseSetting("EPM_SECRET", "secret of a test run, known to all");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(CheapPasswords));
            // No chain of a test is forecast unasked, whatever the hour is.
            services.Remove(services.Single(service => service.ImplementationType?.Name == "NightlyRuns" && service.ServiceType == typeof(IHostedService)));
            if (_time is not null)
                services.Replace(ServiceDescriptor.Singleton(_time));
            _services?.Invoke(services);
        });
    }

    private static string DataDirectory { get; } = Path.Combine(Path.GetTempPath(), "epm-tests");
}
