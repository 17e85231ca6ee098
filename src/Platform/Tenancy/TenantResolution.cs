using EPM.Platform.Http;
using EPM.Platform.Modules;
using Microsoft.AspNetCore.Http;

namespace EPM.Platform.Tenancy;

/// <summary>Turns the Host header into the request's tenant: apex, one known label below it, or 404.</summary>
public sealed class TenantResolution(RequestDelegate next, EpmSettings settings)
{
    public async Task InvokeAsync(HttpContext http, ITenantDirectory directory, CurrentTenant tenant)
    {
        // As it was sent: the framework's own reading decodes punycode, and fails on some of it.
        var slug = SlugOf(new HostString(http.Request.Headers.Host.ToString()).Host);
        if (slug.Length > 0)
        {
            var known = slug.Contains('.', StringComparison.Ordinal) ? null : await directory.FindAsync(slug, http.RequestAborted);
            if (known is not null)
                tenant.Set(known);
            else if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
                throw new NotFound("tenant_unknown");
        }
        await next(http);
    }

    // An address or the apex itself carries no tenant; anything else must be exactly one label below the apex.
    private string SlugOf(string host)
    {
        var domain = settings.Domain;
        if (host.Equals(domain, StringComparison.OrdinalIgnoreCase) || System.Net.IPAddress.TryParse(host, out _))
            return "";
        return host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)
            ? host[..^(domain.Length + 1)].ToLowerInvariant()
            : "unknown.host";
    }
}
