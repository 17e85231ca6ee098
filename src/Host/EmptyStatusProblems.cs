using EPM.Platform.Http;
using EPM.Platform.Security;

namespace EPM.Host;

/// <summary>Statuses that the framework sets without a body get the same problem details as all others.</summary>
internal sealed class EmptyStatusProblems(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, CurrentCaller caller)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.StatusCode < 400 || http.Response.ContentType is not null)
            return;
        throw http.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => new NotSignedIn(),
            StatusCodes.Status403Forbidden => new Forbidden(),
            StatusCodes.Status415UnsupportedMediaType => new UnsupportedKind("body_kind"),
            StatusCodes.Status400BadRequest => new BadInput("body_unreadable"),
            StatusCodes.Status413PayloadTooLarge => new TooLarge("body_too_large"),
            StatusCodes.Status405MethodNotAllowed => new BadMethod(),
            _ => new NotFound(),
        };
    }
}
