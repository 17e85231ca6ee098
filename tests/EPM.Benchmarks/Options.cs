using EPM.Benchmarks.Trust;
using EPM.TestKit;

namespace EPM.Benchmarks;

/// <summary>What the command line and the script that starts us decide.</summary>
internal sealed record Options(long Rows, IReadOnlyList<string> Only, bool Write, string Root)
{
    /// <summary>The size every bar but the growth ones is measured at.</summary>
    public const long Usual = 1_000_000;

    // One caller asks for all: what holds off a person would be all that is measured.
    private const string NoLimit = "100000000";

    public static readonly IReadOnlyList<string> Sections = ["start", "import", "queries", "load", "fresh", "rebuild"];

    public required string Admin { get; init; }

    public required string HostDll { get; init; }

    /// <summary>Scratch directory, removed by the script.</summary>
    public required string Scratch { get; init; }

    public string? Psql { get; init; }

    public string? DuckDb { get; init; }

    public string? Web { get; init; }

    /// <summary>Whether the trust figures are wanted instead.</summary>
    public bool Trust { get; init; }

    /// <summary>The UCI « Online Retail » file, plain or gzip; null to make lines of our own.</summary>
    public string? UciFile { get; init; }

    private Dictionary<string, string> Settings { get; init; } = new(StringComparer.Ordinal)
    {
        ["EPM_BENCH"] = "1",
        ["EPM_LIMIT_REQUESTS"] = NoLimit,
        ["EPM_LIMIT_MOST"] = NoLimit,
        ["EPM_LIMIT_ANONYMOUS"] = NoLimit,
        ["ASPNETCORE_ENVIRONMENT"] = "Bench",
    };

    /// <summary>The same with one setting of the product other than usual here.</summary>
    public Options With(string setting, string value) => this with { Settings = new(Settings, StringComparer.Ordinal) { [setting] = value } };

    /// <summary>The published product on a database.</summary>
    public HostStart HostOn(string admin) => new(admin)
    {
        Directory = Scratch,
        Dll = HostDll,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_WEB"] = Web ?? "" }.Concat(Settings).ToDictionary(StringComparer.Ordinal),
    };

    public bool Wants(string section) => Only.Count == 0 || Only.Contains(section, StringComparer.Ordinal);

    /// <exception cref="UsageException">The command line cannot be understood.</exception>
    public static Options Parse(string[] args)
    {
        var rows = Usual;
        IReadOnlyList<string> only = [];
        var write = false;
        var trust = args is ["trust", ..];
        for (var i = trust ? 1 : 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--rows" when i + 1 < args.Length && long.TryParse(args[i + 1], out rows) && rows >= 20_000:
                    i++;
                    break;
                case "--only" when i + 1 < args.Length:
                    only = args[++i].Split(',');
                    break;
                case "--write":
                    write = true;
                    break;
                default:
                    throw new UsageException("bench takes trust, --rows N (20000 or more), --only WHAT[,WHAT] and --write");
            }
        }
        var known = trust ? [.. TrustRun.Figures.Keys, TrustRun.Drill] : Sections;
        if (only.Except(known, StringComparer.Ordinal).Any())
            throw new UsageException($"--only takes {string.Join(", ", known)}");
        return new Options(rows, only, write, Needed("EPM_ROOT"))
        {
            Admin = Needed("EPM_PG"),
            HostDll = Needed("EPM_HOST_DLL"),
            Scratch = Needed("EPM_BENCH_DIR"),
            Psql = Given("EPM_PSQL"),
            DuckDb = Given("EPM_DUCKDB"),
            Web = Given("EPM_WEB"),
            Trust = trust,
            UciFile = Given("EPM_UCI"),
        };
    }

    private static string? Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Needed(string name) => Given(name) ?? throw new UsageException($"{name} is not set: run ./epm bench");
}

/// <summary>The command was not given as it has to be.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>A figure that cannot be true: a wrong body, a wrong sum, or an order of speeds that cannot be.</summary>
internal sealed class ImpossibleException(string message) : Exception(message);
