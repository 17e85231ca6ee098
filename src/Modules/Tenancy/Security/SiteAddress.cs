using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Security;

/// <summary>Links into the application, at the address the chain was just reached at: its host name has been verified, so no header can bend them.</summary>
internal static class SiteAddress
{
    public static Uri Of(HttpRequest request) => new($"{request.Scheme}://{request.Host.ToUriComponent()}/");

    // Behind the # it reaches no server, no proxy's log and no referrer.
    public static Uri LinkTo(Uri site, string page, string token) => new(site, $"{page}#{token}");
}
