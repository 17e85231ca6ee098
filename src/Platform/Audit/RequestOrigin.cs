using Microsoft.AspNetCore.Http;

namespace EPM.Platform.Audit;

/// <summary>Where the current request came from; empty in a job or on the command line.</summary>
public sealed class RequestOrigin
{
    public string? Address { get; private set; }

    public string? Agent { get; private set; }

    /// <summary>True within a request, whoever sent it.</summary>
    public bool IsRequest { get; private set; }

    public void Set(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        Address = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
        Agent = PlainText.Of(http.Request.Headers.UserAgent.ToString(), 200);
        IsRequest = true;
    }
}

/// <summary>Notes where a request comes from. Stands behind whatever decides which proxies' headers are believed.</summary>
public sealed class RequestOrigins(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, RequestOrigin origin)
    {
        origin.Set(http);
        return next(http);
    }
}
