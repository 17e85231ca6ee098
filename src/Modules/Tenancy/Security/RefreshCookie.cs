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
