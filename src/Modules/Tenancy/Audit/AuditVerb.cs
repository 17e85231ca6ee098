using EPM.Platform.Audit;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Tenancy.Audit;

/// <summary><c>audit verify [tenant] [--anchors file]…</c>: checks trails against themselves and the anchors of every host given.</summary>
internal sealed class AuditVerb(IServiceScopeFactory scopes, ITenantDirectory directory, Database database, AuditAnchors anchors) : ICommandLineVerb
{
    private const string Usage = "audit verify [TENANT] [--anchors FILE]...";

    public string Verb => "audit";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (Asked.Of(arguments) is not { } asked)
            return await RefuseAsync($"Usage: {Usage}");
        if (asked.Anchors.FirstOrDefault(file => !File.Exists(file)) is { } absent)
            return await RefuseAsync($"There is no anchor file {absent}.");
        var known = asked.Anchors.Append(anchors.Path).Distinct(StringComparer.Ordinal).SelectMany(AnchorFile.Read).ToLookup(anchor => anchor.Tenant);
        var broken = 0;
        foreach (var slug in asked.Tenant is { } one ? [one] : await SlugsAsync(ct))
        {
            if (await directory.FindAsync(slug, ct) is not { } tenant)
                return await RefuseAsync($"There is no tenant {slug}.");
            broken += await VerifyAsync(tenant, known[tenant.Id], ct) ? 0 : 1;
        }
        return broken == 0 ? 0 : 1;
    }

    private async Task<bool> VerifyAsync(TenantInfo tenant, IEnumerable<AuditAnchor> known, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
        var report = await scope.ServiceProvider.GetRequiredService<AuditVerification>()
            .VerifyAsync(scope.ServiceProvider.GetRequiredService<TenantSession>(), known, ct);
        var anchored = report.Anchor is { } anchor ? $"anchored up to {anchor.Number}" : "no anchor";
        Console.WriteLine(report.Intact
            ? $"{tenant.Slug}: intact, {report.Entries} entries, {anchored}"
            : $"{tenant.Slug}: BROKEN at entry {report.BrokenAt}: {report.Reason} ({report.Entries} entries before it are intact, {anchored})");
        return report.Intact;
    }

    private async Task<List<string>> SlugsAsync(CancellationToken ct)
    {
        var slugs = new List<string>();
        await using var command = database.Source.CreateCommand("SELECT slug FROM tenancy.directory ORDER BY slug");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            slugs.Add(reader.GetString(0));
        return slugs;
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 2;
    }

    private sealed record Asked(string? Tenant, IReadOnlyList<string> Anchors)
    {
        public static Asked? Of(IReadOnlyList<string> arguments)
        {
            if (arguments.FirstOrDefault() != "verify")
                return null;
            var (tenant, files) = ((string?)null, new List<string>());
            for (var i = 1; i < arguments.Count; i++)
            {
                if (arguments[i] == "--anchors" && i + 1 < arguments.Count)
                    files.Add(arguments[++i]);
                else if (tenant is null && !arguments[i].StartsWith('-'))
                    tenant = arguments[i];
                else
                    return null;
            }
            return new Asked(tenant, files);
        }
    }
}
