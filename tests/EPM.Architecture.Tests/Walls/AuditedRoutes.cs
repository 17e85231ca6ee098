using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace EPM.Architecture.Tests.Walls;

/// <summary>
/// Every route that changes something, called for real: when it succeeds there is one entry more in the audit trail (TRUST T39). What
/// a sample cannot make succeed, such as a link that was mailed, has to record where its use case is written.
/// </summary>
internal sealed partial class AuditedRoutes(EpmHost host, SeededTenant chain)
{
    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    /// <summary>Routes that were seen to succeed.</summary>
    public int Seen { get; private set; }

    /// <returns>Routes, as <c>METHOD /path</c>, that leave no entry.</returns>
    public async Task<IReadOnlyList<string>> SilentAsync()
    {
        var silent = new List<string>();
        // Removal last: until then there is something behind every route.
        foreach (var route in Routes.Of(host).Where(route => !Reading.Contains(Routes.VerbOf(route))).OrderBy(route => Routes.VerbOf(route) == "DELETE"))
        {
            if (!await LeavesEntryAsync(route) && !RecordsInItsSource(route))
                silent.Add(NameOf(route));
        }
        return silent;
    }

    /// <summary><c>METHOD /path</c>, without the constraints of its parameters.</summary>
    public static string NameOf(RouteEndpoint route) => $"{Routes.VerbOf(route)} {Constraint().Replace(Routes.TextOf(route), "}")}";

    private async Task<bool> LeavesEntryAsync(RouteEndpoint route)
    {
        if (await RouteCall.FillAsync(chain, route) is not { } call)
            return false;
        // A session for each call, opened before entries are counted: signing in leaves one of its own.
        using var client = call.Path.EndsWith("/tenants", StringComparison.Ordinal) ? host.Client(null) : await chain.Tenant.SignInAsync(TestTenant.EmailOf(call.Role));
        var before = await CountAsync();
        using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["body email"] = call.Path.EndsWith("/sign-in", StringComparison.Ordinal) ? TestTenant.EmailOf(Roles.Admin) : $"{Guid.CreateVersion7():N}@chaine.test",
            ["body password"] = TestTenant.Password,
        });
        using var response = await client.SendAsync(request);
        if (response.StatusCode is < HttpStatusCode.OK or >= HttpStatusCode.Ambiguous)
            return false;
        Seen++;
        return await CountAsync() > before;
    }

    // Jobs tell of themselves in their own time; a chain is opened in a unit of work of its own.
    private async Task<long> CountAsync()
    {
        await using var admin = new NpgsqlConnection(host.Connection);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM platform.audit_entry WHERE via <> 'system' OR action = 'tenant.opened'", admin);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static bool RecordsInItsSource(RouteEndpoint route)
    {
        var request = route.Metadata.GetRequiredMetadata<MethodInfo>().DeclaringType!;
        var declared = new Regex($@"\brecord {Regex.Escape(request.Name)}\b", RegexOptions.None, TimeSpan.FromSeconds(1));
        return House.Sources("src").Select(File.ReadAllText).Any(source => declared.IsMatch(source) && source.Contains(".Record(", StringComparison.Ordinal));
    }

    [GeneratedRegex(":[^}]*}", RegexOptions.None, 1000)]
    private static partial Regex Constraint();
}
