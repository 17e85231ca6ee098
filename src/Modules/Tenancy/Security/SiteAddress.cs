using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Security;

/// <summary>Links into the application, at the address the chain was just reached at: its host name has been verified, so no header can bend them.</summary>
internal static class SiteAddress
{
    public static Uri Of(HttpRequest request) => new($"{request.Scheme}://{request.Host.ToUriComponent()}/");

    /// <summary>A chain's, seen from where chains sign up.</summary>
    public static Uri Of(Uri apex, string slug) => new UriBuilder(apex) { Host = $"{slug}.{apex.Host}", Port = apex.IsDefaultPort ? -1 : apex.Port }.Uri;

    // Behind the # it reaches no server, no proxy's log and no referrer.
    public static Uri LinkTo(Uri site, string page, string token) => new(site, $"{page}#{token}");
}
