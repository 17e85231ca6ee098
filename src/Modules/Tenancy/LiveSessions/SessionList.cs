using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.LiveSessions;

internal sealed record LiveSessionsView(IReadOnlyList<LiveSessionView> Items);

/// <param name="LastSeenAt">As fine as refreshes are: about ten minutes.</param>
/// <param name="Address">Where it was last refreshed from.</param>
/// <param name="Agent">What the browser called itself, as far as that can be shown.</param>
/// <param name="Current">Whether the request that asks is of this session.</param>
internal sealed record LiveSessionView(
    Guid Session, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? Agent, bool Current);

/// <summary>A person's sessions that are alive, newest first. Previews of them are not theirs.</summary>
internal sealed class SessionList(TenantSession unit, CurrentCaller caller, TimeProvider time)
{
    public async Task<LiveSessionsView> OfAsync(Guid user, CancellationToken ct)
    {
        var items = new List<LiveSessionView>();
        await using var find = unit.Command("""
            SELECT session_id, started_at, coalesce(last_seen_at, started_at), expires_at, address, agent FROM tenancy.session
            WHERE user_id = $1 AND seen_by IS NULL AND ended_at IS NULL AND expires_at > $2 ORDER BY started_at DESC, session_id DESC
            """);
        await using var reader = await find.With(user).With(time.GetUtcNow()).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            items.Add(new LiveSessionView(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3),
                await reader.IsDBNullAsync(4, ct) ? null : reader.GetString(4), await reader.IsDBNullAsync(5, ct) ? null : reader.GetString(5), reader.GetGuid(0) == caller.Value.SessionId));
        }
        return new LiveSessionsView(items);
    }
}
