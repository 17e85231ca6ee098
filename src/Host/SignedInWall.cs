using System.Reflection;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;

namespace EPM.Host;

/// <summary>
/// Who is nobody gets no further than this on a route that is not said to be public: not a byte of the body is read, and nothing
/// is told of what the route takes. Which permission it needs is checked with the request itself.
/// </summary>
internal sealed class SignedInWall(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, CurrentCaller caller)
    {
        // A feature's endpoint stands in the request it sends, which carries the attribute.
        if (!caller.IsSet && http.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<ApiRoute>() is not null
            && metadata.GetMetadata<MethodInfo>()?.DeclaringType?.GetCustomAttribute<PublicAttribute>() is null)
            throw new NotSignedIn();
        return next(http);
    }
}

/// <summary>Marks the modules' routes.</summary>
internal sealed record ApiRoute;
