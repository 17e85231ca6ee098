using System.Globalization;

namespace EPM.TestKit;

/// <summary>What a host is started with. Those started with copies of one share its data directory, as hosts of one deployment share a secret.</summary>
/// <param name="Connection">EPM_PG: the administrator's connection string.</param>
public sealed record HostStart(string Connection)
{
    private readonly Lazy<string> _scratch = new(() => Scratch.NewDirectory("host"));

    /// <summary>A free one when null.</summary>
    public int? Port { get; init; }

    /// <summary>Keeps data and logs; a temporary one, removed at the end of the run, when not given.</summary>
    public string Directory
    {
        get => field ?? _scratch.Value;
        init;
    }

    /// <summary>The host to run; the one the tests were built with when not given.</summary>
    public string Dll { get; init; } = Path.Combine(AppContext.BaseDirectory, "EPM.Host.dll");

    /// <summary>Any further setting; wins over ours.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, string> EnvironmentOn(int port)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EPM_PG"] = Connection,
            ["EPM_DATA"] = Path.Combine(Directory, "data"),
            ["EPM_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["EPM_DOMAIN"] = "localhost",
            // One person of a test drives more than a hundred people would.
            ["EPM_LIMIT_REQUESTS"] = "1000000",
            ["EPM_LIMIT_ANONYMOUS"] = "1000000",
            ["EPM_DRAIN_SECONDS"] = "0",
            // Whether a loaded machine is quick enough is not what most tests ask.
            ["EPM_DEADLINE_SECONDS"] = "60",
            ["EPM_SECRET"] = "secret of a test run, known to all",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        };
        foreach (var (name, value) in Settings)
            environment[name] = value;
        System.IO.Directory.CreateDirectory(environment["EPM_DATA"]);
        return environment;
    }
}
