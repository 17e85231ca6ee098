using EPM.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Security;

/// <summary>
/// The refresh token's only home in a browser. The prefix makes the browser itself refuse it when it comes from a sibling subdomain.
/// </summary>
internal static class RefreshCookie
{
    public const string Name = "__Host-epm-refresh";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpResponse response, string token) => response.Cookies.Append(Name, token, Options(Sessions.IdleFor));

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Options(maxAge: null));

    private static CookieOptions Options(TimeSpan? maxAge) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = maxAge, IsEssential = true };
}

/// <summary>
/// Refuses what another site's page made the browser send. SameSite=Strict counts sibling subdomains, that is other tenants, as the
/// same site; this does not. Clients that are no browsers send neither header.
/// </summary>
internal sealed class SameOriginOnly : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (site is not ("" or "same-origin" or "none") || (origin.Length > 0 && !IsOwn(origin, request.Host)))
            throw new Forbidden("cross_site");
        return next(context);
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && from.Port == (host.Port ?? (from.Scheme == Uri.UriSchemeHttps ? 443 : 80));
}
