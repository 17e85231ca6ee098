using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Http;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using Microsoft.AspNetCore.Http;

namespace EPM.Platform.Limits;

/// <summary>
/// Keeps any one person, key or tenant from taking what belongs to all: first how often, then how many at the same time. What is above
/// is refused at once. Files of the front end and health are not the API's and are not counted.
/// </summary>
public sealed class RequestLimits(RequestDelegate next, RateLimits rates, TenantLimits limits, EpmSettings settings, TimeProvider time)
{
    private const int Streams = 200;

    // Of people in a hurry there are never so many; programs try again.
    private const int LongestQueue = 256;

    private readonly FairGate _requests = new(settings.RequestsAtOnce, LongestQueue, time);
    private readonly FairGate _uploads = new(16, 64, time);
    private readonly FairGate _streams = new(10 * Streams, 0, time);
    private readonly int _alone = Math.Max(1, settings.RequestsAtOnce * 3 / 4);
    private readonly int _share = Math.Max(1, settings.RequestsAtOnce / 4);

    public async Task InvokeAsync(HttpContext http, CurrentTenant tenant, CurrentCaller caller, TenantSession session)
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }
        var (id, pace) = (tenant.IsSet ? tenant.Id : Guid.Empty, http.GetEndpoint()?.Metadata.GetMetadata<Pace>());
        var allowed = tenant.IsSet ? await limits.OfAsync(session, http.RequestAborted) : limits.Default;
        if (pace != Pace.Stream)
            Spend(http, id, caller, allowed.RequestsPerMinute);
        var (gate, alone, share) = pace == Pace.Upload ? (_uploads, allowed.UploadsAtOnce, allowed.UploadsAtOnce)
            : pace == Pace.Stream ? (_streams, Streams, Streams) : (_requests, _alone, _share);
        if (pace is null)
            await WholeBody.ReceiveAsync(http);
        if (!await gate.EnterAsync(id, alone, share, http.RequestAborted))
            throw new TooMany("too_many_at_once", TimeSpan.FromSeconds(1));
        try
        {
            await next(http);
        }
        finally
        {
            gate.Leave(id);
        }
    }

    private void Spend(HttpContext http, Guid tenant, CurrentCaller caller, int perMinute)
    {
        rates.Count(tenant);
        var spent = caller.IsSet
            ? rates.Take(tenant, $"{(caller.Value.Via == CameBy.Key ? "key" : "user")}:{caller.Value.UserId}", perMinute)
            : rates.Take(tenant, "address:" + Named(http), Math.Max(perMinute, settings.AnonymousPerMinute));
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = Text(spent.Limit);
        headers["RateLimit-Remaining"] = Text(spent.Remaining);
        headers["RateLimit-Reset"] = Text((int)Math.Ceiling(spent.Reset.TotalSeconds));
        if (!spent.Allowed)
            throw new TooMany("rate_limited", spent.RetryAfter);
    }

    // Addresses are people's: the shared store sees what tells them apart and nothing more.
    private static string Named(HttpContext http) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(http.Connection.RemoteIpAddress?.ToString() ?? ""))[..8]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
