using System.Globalization;
using System.Net;
using Npgsql;

namespace EPM.Host;

/// <summary>Settings with which this host would serve, but not safely: it says which, and does not start.</summary>
internal static class StartRules
{
    /// <summary>What a process that would not start ends with.</summary>
    public const int ExitCode = 2;

    /// <summary>Where measuring is meant: outside production, and without what development brings.</summary>
    public const string Bench = "Bench";

    private const int ShortestSecret = 32;

    // Fewer different characters than any random text of this length has.
    private const int FewestKinds = 10;

    private static readonly string[] KnownParts = ["changeme", "change-me", "change_me", "please-change", "replace-me", "your-secret", "example", "placeholder", "thisisasecret", "0123456789abcdef0123", "abcdefghijklmnop"];

    private static readonly string[] KnownPasswords = ["postgres", "password", "admin", "administrator", "epm", "epm_admin", "root", "secret", "changeme", "change-me", "123456", "12345678", "postgresql", "p@ssw0rd"];

    /// <returns>A sentence for each; none when the host may start.</returns>
    public static IReadOnlyList<string> Broken(IConfiguration settings, string environment)
    {
        var broken = new List<string>(Unreadable(settings));
        if (environment != Environments.Development)
            broken.AddRange(Unsafe(settings, environment, Connection(settings["EPM_PG"])));
        return broken;
    }

    private static IEnumerable<string> Unreadable(IConfiguration settings)
    {
        if (settings["EPM_PG"] is not { Length: > 0 } text)
            yield return "EPM_PG is not set: give the PostgreSQL connection string of an administrator, or run ./epm start.";
        else if (Connection(text) is not { } connection)
            yield return "EPM_PG is no connection string.";
        else if (connection.NoResetOnClose || connection.Multiplexing)
            yield return "EPM_PG may not use 'No Reset On Close' or 'Multiplexing': they carry state from one tenant to the next.";
        if (settings["EPM_PORT"] is { } port && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65_536))
            yield return $"EPM_PORT is no port: {port}";
        if (settings["EPM_BIND"] is { } bind && bind != "localhost" && !IPAddress.TryParse(bind, out _))
            yield return $"EPM_BIND is neither localhost nor an address: {bind}";
        foreach (var network in List(settings["EPM_PROXIES"]).Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"EPM_PROXIES has to name networks such as 10.0.0.0/8: {network}";
        foreach (var place in List(settings["EPM_OUTBOUND_ALLOW"]).Where(place => !Uri.TryCreate("https://" + place, UriKind.Absolute, out var uri) || !place.EndsWith($":{uri.Port}", StringComparison.Ordinal)))
            yield return $"EPM_OUTBOUND_ALLOW has to name hosts with their ports, such as erp.internal:8443: {place}";
    }

    private static IEnumerable<string> Unsafe(IConfiguration settings, string environment, NpgsqlConnectionStringBuilder? database)
    {
        if (settings["EPM_SECRET"] is not { Length: > 0 } secret)
            yield return "EPM_SECRET is not set: give at least 32 random characters, the same to every host, for instance from: openssl rand -hex 32";
        else if (secret.Length < ShortestSecret)
            yield return $"EPM_SECRET has fewer than {ShortestSecret} characters.";
        else if (secret.Distinct().Count() < FewestKinds || KnownParts.Any(part => secret.Contains(part, StringComparison.OrdinalIgnoreCase)))
            yield return "EPM_SECRET is one that others know too: give a random one.";
        if (!IsLoopback(settings["EPM_BIND"] ?? "localhost") && IsLocal(settings["EPM_DOMAIN"] ?? "localhost"))
            yield return "EPM_DOMAIN is not set to a domain of yours, although EPM_BIND lets other machines in.";
        if (database is { Host: { Length: > 0 } host } && !host.Split(',').All(IsLoopback)
            && (database.Password is not { Length: > 0 } password || KnownPasswords.Contains(password, StringComparer.OrdinalIgnoreCase) || password == database.Username))
            yield return "EPM_PG has no password, or one that everybody knows, for a server that others can reach.";
        if (settings["EPM_BENCH"] == "1" && environment != Bench)
            yield return "EPM_BENCH opens routes without any check: it is not for production.";
        if (settings["FORWARDEDHEADERS_ENABLED"] is { } forwarded && bool.TryParse(forwarded, out var any) && any)
            yield return "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes everybody who says where they come from: name the proxies in EPM_PROXIES instead.";
        if (settings["EPM_DEMO"] is "1" or "true")
            yield return "EPM_DEMO makes people whose passwords everybody knows: it is not for production.";
    }

    private static bool IsLocal(string domain) => domain.Length == 0 || domain == "localhost" || domain.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(domain, out _);

    // A socket is a path.
    private static bool IsLoopback(string host) => host is "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host.Trim(), out var address) && IPAddress.IsLoopback(address));

    private static NpgsqlConnectionStringBuilder? Connection(string? text)
    {
        try
        {
            return text is null ? null : new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string[] List(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
