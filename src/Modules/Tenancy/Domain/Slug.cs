using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace EPM.Tenancy.Domain;

/// <summary>A tenant's subdomain: one DNS label that is not ours to give away.</summary>
internal static partial class Slug
{
    // Names a visitor would take for the product itself, for its infrastructure or for an address of another kind.
    private static readonly FrozenSet<string> Reserved = (
        "admin administrator api app apps assets auth autoconfig autodiscover beta billing blog cdn chat console connexion dashboard demo dev docs "
        + "download epm files ftp git grafana graphql health help host id imap internal js localhost login logout mail metrics monitor mx news ns ns1 "
        + "ns2 oauth openapi ops pop portal postmaster preview prod production public register root security server sign-in sign-up signin signup smtp "
        + "sso staging static stats status support system telemetry test tests undefined unknown vpn web webhooks webmail wiki wpad www null")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool IsLabel(string slug) => Label().IsMatch(slug);

    // "xn--" announces another alphabet in disguise.
    public static bool IsFree(string slug) => !Reserved.Contains(slug) && !slug.StartsWith("xn--", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9-]{1,61}[a-z0-9])\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Label();
}
