using System.Security.Cryptography;
using EPM.Platform.Http;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace EPM.Platform.Idempotency;

/// <summary>Reads the <c>Idempotency-Key</c> of a POST, and lets one request at a time through under it.</summary>
public sealed class IdempotencyKeys(RequestDelegate next, KeysInFlight inFlight)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int LongestKey = 255;

    public async Task InvokeAsync(HttpContext http, KeyedRequest keyed, CurrentCaller caller, CurrentTenant tenant)
    {
        try
        {
            await PassAsync(http, keyed, caller, tenant);
        }
        catch (KeyInFlight)
        {
            http.Response.Headers.RetryAfter = "1";
            throw;
        }
    }

    private async Task PassAsync(HttpContext http, KeyedRequest keyed, CurrentCaller caller, CurrentTenant tenant)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var given)
            || http.GetEndpoint() is not RouteEndpoint route || !IsOffered(route, caller))
        {
            await next(http);
            return;
        }
        var streams = route.Metadata.GetMetadata<StreamsBody>() is not null;
        var scope = new KeyScope(caller.IsSet ? caller.Value.UserId : Guid.Empty, "POST /" + route.RoutePattern.RawText!.TrimStart('/'), KeyOf(given),
            http.Request.Path + http.Request.QueryString);
        // A body that streams takes as long as it takes: its duplicates meet where it is stored.
        using var turn = streams ? null : await inFlight.EnterAsync($"{(tenant.IsSet ? tenant.Id : null)}|{scope.Caller}|{scope.Route}|{scope.Key}", http.RequestAborted);
        keyed.Set(scope, streams ? null : await HashAsync(http.Request));
        http.Response.OnStarting(() =>
        {
            if (keyed.Replayed)
                http.Response.Headers[ReplayedHeader] = "true";
            return Task.CompletedTask;
        });
        await next(http);
    }

    // Without a caller nobody's answers are told apart from anybody's, and what a cookie says is in no fingerprint.
    private static bool IsOffered(RouteEndpoint route, CurrentCaller caller) => caller.IsSet || route.Metadata.GetMetadata<KeyedByBody>() is not null;

    private static string KeyOf(StringValues given) =>
        given is [{ Length: > 0 and <= LongestKey } key] && key.All(letter => letter is >= ' ' and <= '~') ? key : throw new BadInput("idempotency_key_invalid");

    private static async Task<byte[]> HashAsync(HttpRequest request)
    {
        request.EnableBuffering(WholeBody.Longest, WholeBody.Longest);
        var hash = await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return hash;
    }
}

/// <summary>Marks a route whose handler tells the hash of the body it read (<see cref="KeyedRequest.BodyIs"/>).</summary>
public sealed class StreamsBody;

/// <summary>Marks a route without a caller whose answer tells nothing but what its own body said.</summary>
public sealed class KeyedByBody;
