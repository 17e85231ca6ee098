using Microsoft.Extensions.Configuration;

namespace EPM.Platform.Modules;

/// <summary>What the operator decides, read once from <c>EPM_*</c> environment variables.</summary>
public sealed record EpmSettings
{
    /// <summary>Administrator's connection string: migrates, and derives the application role's own.</summary>
    public required string AdminConnection { get; init; }

    /// <summary>Directory for what must outlive the process outside the database (secrets, pid, logs).</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Apex domain; tenants live one label below it.</summary>
    public required string Domain { get; init; }

    public required int Port { get; init; }

    /// <summary>Network address to listen on.</summary>
    public required string Bind { get; init; }

    /// <summary>Folder of the built single-page application, or null to serve the API alone.</summary>
    public string? WebRoot { get; init; }

    /// <summary>True outside production: the demo tenant and its printed sign-ins are allowed.</summary>
    public required bool Development { get; init; }

    /// <summary>Secret of the deployment from which keys at rest are derived; generated below the data directory when unset.</summary>
    public string? Secret { get; init; }

    /// <summary>Secrets used before this one, newest first: what was signed under them can still be verified.</summary>
    public IReadOnlyList<string> SecretsBefore { get; init; } = [];

    /// <summary>Addresses as <c>host:port</c> that the product may ask although they are not public: own networks, and tests.</summary>
    public IReadOnlyList<string> OutboundAllow { get; init; } = [];

    /// <summary>Networks of the proxies in front, whose word for the caller's address and scheme is taken.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Where OpenTelemetry's collector listens for OTLP over gRPC; null to send nothing.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Port that answers Prometheus and nobody else; null for none.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>Requests a minute that each person and each key may make where the tenant has not set its own number.</summary>
    public int RequestsPerMinute { get; init; } = 100;

    /// <summary>The most a tenant may set for itself.</summary>
    public int MostRequestsPerMinute { get; init; } = 6_000;

    /// <summary>Requests a minute of an address that is not signed in: the people of a shop share one.</summary>
    public int AnonymousPerMinute { get; init; } = 600;

    /// <summary>Requests at work at the same time on this host.</summary>
    public int RequestsAtOnce { get; init; } = Math.Max(16, 8 * Environment.ProcessorCount);

    /// <summary>Shared cache and counters, <c>host:port[,password=…]</c>; each host for itself when null.</summary>
    public string? Redis { get; init; }

    /// <summary>Where mail goes out, as <c>smtp://user:password@host:port?from=address</c>; null when the product sends none.</summary>
    public string? Smtp { get; init; }

    /// <summary>How long a host that was told to stop goes on serving, so that whoever sends it traffic learns of it.</summary>
    public TimeSpan DrainFor { get; init; }

    /// <summary>How long a request may take before its caller is told to come again.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where backups go; null when none are made here.</summary>
    public string? BackupDirectory { get; init; }

    /// <summary>True when the server is the embedded one, whose files this product backs up itself.</summary>
    public bool EmbeddedServer { get; init; }

    /// <summary>How many backups are kept.</summary>
    public int BackupsKept { get; init; } = 7;

    public static EpmSettings From(IConfiguration configuration, bool development) => new()
    {
        AdminConnection = configuration["EPM_PG"]
            ?? throw new InvalidOperationException("EPM_PG is not set: give the PostgreSQL connection string of an administrator, or run ./epm start."),
        DataDirectory = Path.GetFullPath(configuration["EPM_DATA"] ?? ".data"),
        Domain = configuration["EPM_DOMAIN"] ?? "localhost",
        Port = int.TryParse(configuration["EPM_PORT"], out var port) ? port : 5080,
        Bind = configuration["EPM_BIND"] ?? "localhost",
        WebRoot = configuration["EPM_WEB"],
        Development = development,
        Secret = configuration["EPM_SECRET"],
        SecretsBefore = List(configuration["EPM_SECRETS_BEFORE"]),
        OutboundAllow = List(configuration["EPM_OUTBOUND_ALLOW"]),
        Proxies = List(configuration["EPM_PROXIES"]),
        Otlp = configuration["EPM_OTLP"] is { Length: > 0 } collector ? new Uri(collector) : null,
        MetricsPort = int.TryParse(configuration["EPM_METRICS_PORT"], out var metrics) ? metrics : null,
        RequestsPerMinute = Number(configuration, "EPM_LIMIT_REQUESTS", 100),
        MostRequestsPerMinute = Number(configuration, "EPM_LIMIT_MOST", 6_000),
        AnonymousPerMinute = Number(configuration, "EPM_LIMIT_ANONYMOUS", 600),
        RequestsAtOnce = Number(configuration, "EPM_LIMIT_AT_ONCE", Math.Max(16, 8 * Environment.ProcessorCount)),
        Redis = configuration["EPM_REDIS"] is { Length: > 0 } redis ? redis : null,
        Smtp = configuration["EPM_SMTP"],
        Deadline = TimeSpan.FromSeconds(Math.Clamp(int.TryParse(configuration["EPM_DEADLINE_SECONDS"], out var deadline) ? deadline : 5, 1, 300)),
        DrainFor = TimeSpan.FromSeconds(Math.Clamp(int.TryParse(configuration["EPM_DRAIN_SECONDS"], out var drain) ? drain : development ? 0 : 5, 0, 60)),
        BackupDirectory = configuration["EPM_BACKUP"] is { Length: > 0 } backups ? Path.GetFullPath(backups) : null,
        EmbeddedServer = configuration["EPM_PG_EMBEDDED"] == "1",
        BackupsKept = Number(configuration, "EPM_BACKUPS_KEPT", 7),
    };

    private static string[] List(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Number(IConfiguration configuration, string name, int otherwise) => configuration[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new InvalidOperationException($"{name} is '{text}': give a whole number above 0.");
}
