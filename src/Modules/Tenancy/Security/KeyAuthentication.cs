using System.Security.Claims;
using System.Text.Encodings.Web;
using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EPM.Tenancy.Security;

/// <summary>
/// The second way in, beside access tokens: a bearer that begins with <c>epm_</c> is a key of the tenant the request is addressed to,
/// or the request is refused. It never falls back to being anonymous.
/// </summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyCallers keys, KeyUse use)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    private const string Bearer = "Bearer ";

    /// <summary>The scheme for this request, or null for the one that is used otherwise.</summary>
    public static string? Selects(HttpContext http) =>
        http.Request.Headers.Authorization.ToString().StartsWith(Bearer + KeyText.Mark, StringComparison.OrdinalIgnoreCase) ? Name : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var services = Context.RequestServices;
        var tenant = services.GetRequiredService<CurrentTenant>();
        if (!tenant.IsSet || !KeyText.TryRead(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim(), out var key))
            throw new NotSignedIn("api_key_invalid");
        var caller = await keys.FindAsync(services.GetRequiredService<TenantSession>(), tenant.Info, key, Context.RequestAborted)
            ?? throw new NotSignedIn("api_key_invalid");
        services.GetRequiredService<CurrentCaller>().Set(caller);
        use.Note(tenant.Info, key.Id, Context.Connection.RemoteIpAddress?.ToString());
        var identity = new ClaimsIdentity([new Claim("sub", caller.UserId.ToString())], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
