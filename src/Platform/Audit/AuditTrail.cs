using EPM.Platform.Persistence;
using EPM.Platform.Security;

namespace EPM.Platform.Audit;

/// <summary>
/// Tells who did what. What is recorded is written by the commit of the unit of work it belongs to, in the same transaction: a change
/// without its entry cannot be, nor an entry without its change. Never give it a secret.
/// </summary>
public sealed class AuditTrail(TenantSession session, CurrentCaller caller, RequestOrigin origin, AuditChain chain, TimeProvider time)
{
    private (Guid Id, string Name, string Email)? _person;

    /// <summary>Says who acts where the request has no caller yet: somebody who is just signing in, or accepting an invitation.</summary>
    public void By(Guid id, string name, string email) => _person = (id, name, email);

    /// <summary>Records in the request's own unit of work, between its begin and its commit.</summary>
    /// <param name="action"><c>noun.verb-past</c>, with a text <c>audit.noun.verb-past</c>.</param>
    /// <param name="subject">Kind and name, such as <c>store/ABJ01</c>.</param>
    /// <param name="before">What was: an object whose properties are told, less those that <paramref name="after"/> has alike.</param>
    /// <param name="after">What is now.</param>
    public void Record(string action, string? subject = null, object? before = null, object? after = null) =>
        RecordIn(session, action, subject, before, after);

    /// <summary>Records in a unit of work of one's own, as jobs have.</summary>
    public void RecordIn(TenantSession unit, string action, string? subject = null, object? before = null, object? after = null)
    {
        var (was, now) = ChangedFields.Between(before, after);
        var who = _person ?? (caller.IsSet && caller.Value.UserId != Guid.Empty ? (caller.Value.UserId, caller.Value.Name, caller.Value.Email) : null);
        var via = caller.IsSet && who is not null ? caller.Value.Via : origin.IsRequest ? CameBy.Session : CameBy.System;
        var at = time.GetUtcNow();
        var entry = new AuditEntry(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)),
            who?.Id, PlainText.Of(who?.Name, 200), PlainText.Of(who?.Email, 320), via,
            action, PlainText.Of(subject, 300), was, now, origin.Address, origin.Agent);
        unit.AtCommit(() => new EntriesAtCommit(chain)).Add(entry);
    }
}
