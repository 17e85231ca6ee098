using System.Diagnostics;
using System.Globalization;
using EPM.Platform.Http;
using EPM.Platform.Localisation;
using EPM.Platform.Modules;
using Npgsql;

namespace EPM.Platform.TenantCopies;

/// <summary><c>tenant export | restore | delete SLUG</c>: one chain taken out, brought back, or removed for good.</summary>
internal sealed class TenantVerb(TenantExport export, TenantRestore restore, TenantDeletion deletion, Texts texts) : ICommandLineVerb
{
    private const string Usage = """
        tenant export SLUG --to FILE [--at TIME] [--by NAME]
        tenant restore SLUG --from FILE [--by NAME]
        tenant delete SLUG --confirm SLUG [--by NAME]
        """;

    private static readonly string Language =
        new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true ? "fr" : "en";

    public string Verb => "tenant";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (TenantOptions.Of(arguments) is not { } asked)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        try
        {
            var began = Stopwatch.GetTimestamp();
            var (code, told) = await DoAsync(asked, ct);
            told["slug"] = asked.Slug;
            told["seconds"] = Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            Console.WriteLine(texts.Say(Language, code, told));
            return 0;
        }
        catch (Failure refused)
        {
            await Console.Error.WriteLineAsync(texts.Say(Language, refused.Code, refused.Args));
            return 1;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"{texts.Say(Language, "tenant_failed")} {failure.Message}");
            return 1;
        }
    }

    private async Task<(string Code, Dictionary<string, object> Told)> DoAsync(TenantOptions asked, CancellationToken ct)
    {
        var told = new Dictionary<string, object>(StringComparer.Ordinal) { ["file"] = asked.File };
        switch (asked.What)
        {
            case "export":
                var exported = await export.RunAsync(asked.Slug, asked.File, asked.At, asked.By, ct);
                (told["rows"], told["tables"], told["size"]) = (exported.Rows, exported.Tables, (exported.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture));
                return ("tenant_exported", told);
            case "restore":
                var restored = await restore.RunAsync(asked.Slug, asked.File, asked.By, ct);
                (told["rows"], told["tables"], told["at"]) = (restored.Rows, restored.Tables, restored.TakenAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                return ("tenant_restored", told);
            default:
                var deleted = await deletion.RunAsync(asked.Slug, asked.File, asked.By, ct);
                (told["rows"], told["tables"]) = (deleted.Rows, deleted.Tables);
                return ("tenant_deleted", told);
        }
    }
}

/// <param name="File">What is written or read; the confirmation where there is no file.</param>
internal sealed record TenantOptions(string What, string Slug, string File, DateTimeOffset? At, string By)
{
    /// <returns>Null when that is not how to ask.</returns>
    public static TenantOptions? Of(IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 4 || arguments.Count % 2 != 0 || arguments[1].StartsWith('-'))
            return null;
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 2; at < arguments.Count; at += 2)
            given[arguments[at]] = arguments[at + 1];
        string[] known = arguments[0] switch { "export" => ["--to", "--at", "--by"], "restore" => ["--from", "--by"], "delete" => ["--confirm", "--by"], _ => [] };
        if (known.Length == 0 || given.Keys.Except(known).Any() || !given.TryGetValue(known[0], out var file))
            return null;
        var time = DateTimeOffset.MinValue;
        if (given.TryGetValue("--at", out var moment) && !DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
            return null;
        return new TenantOptions(arguments[0], arguments[1], file, given.ContainsKey("--at") ? time.ToUniversalTime() : null,
            given.GetValueOrDefault("--by") ?? $"{Environment.UserName}@{Environment.MachineName}");
    }
}
