using EPM.Platform.Audit;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Telemetry;
using EPM.Tenancy.Features;

namespace EPM.Tenancy.Security;

/// <summary>The last step of every way in, inside the caller's transaction: a session, the device, the entry in the trail.</summary>
internal sealed class Arrivals(TenantSession unit, Sessions sessions, KnownDevices devices, AccessTokens tokens, AuditTrail audit)
{
    /// <param name="by">password, recovery-code, two-factor or provider; told in the trail.</param>
    /// <param name="device">What the browser is known by, if it is.</param>
    public async Task<Arrival> OpenAsync(Caller person, string by, string? device, CancellationToken ct)
    {
        var session = await sessions.StartAsync(person.UserId, ct);
        var kept = await devices.RememberAsync(person.UserId, device, ct);
        audit.By(person.UserId, person.Name, person.Email);
        EpmMeters.SignIns.Add(1, EpmMeters.Tag("outcome", "started"));
        audit.Record("session.started", $"user/{person.Email}", after: new { by });
        return new Arrival(person, session, kept);
    }

    /// <summary>What the browser gets; once the transaction has committed, because the key that signs may have to be made.</summary>
    public async Task<SignedIn> TellAsync(Arrival arrival, CancellationToken ct)
    {
        var access = await tokens.IssueAsync(unit.TenantId, arrival.Person.UserId, arrival.Session.Session, ct);
        return new SignedIn(new SessionView(access, (int)AccessTokens.Lifetime.TotalSeconds, UserView.Of(arrival.Person)), arrival.Session.RefreshToken, arrival.Device);
    }
}

internal sealed record Arrival(Caller Person, OpenSession Session, string Device);
