using Microsoft.AspNetCore.Http;

namespace EPM.Platform.Http;

/// <summary>
/// Refuses a change that another site's page made a browser send. SameSite=Strict counts sibling subdomains, that is other tenants, as the
/// same site; this does not. Clients that are no browsers send neither header.
/// </summary>
public sealed class SameOriginWall(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return next(http);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (site is not ("" or "same-origin" or "none") || (origin.Length > 0 && !IsOwn(origin, new HostString(request.Headers.Host.ToString()))))
            throw new Forbidden("cross_site");
        return next(http);
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && from.Port == (host.Port ?? (from.Scheme == Uri.UriSchemeHttps ? 443 : 80));
}
