namespace EPM.Platform.Audit;

/// <summary>One thing that somebody did, as it is kept.</summary>
/// <param name="At">To the microsecond, which is as fine as the database keeps it.</param>
/// <param name="UserId">Null when nobody is known: an anonymous request, or the product itself.</param>
/// <param name="Via">One of <see cref="Security.CameBy"/>.</param>
/// <param name="Action"><c>noun.verb-past</c>; its label is the text <c>audit.noun.verb-past</c>.</param>
/// <param name="Subject">Kind and name of what was acted on, such as <c>store/ABJ01</c>.</param>
/// <param name="Before">JSON text of what was, of what changed; null when there was nothing.</param>
/// <param name="After">JSON text of what is now.</param>
public sealed record AuditEntry(
    DateTimeOffset At, Guid? UserId, string? UserName, string? UserEmail, string Via,
    string Action, string? Subject, string? Before, string? After, string? Address, string? Agent);

/// <summary>An entry with its place in the tenant's chain.</summary>
/// <param name="KeyId">Which key <paramref name="Hash"/> was made under.</param>
public sealed record ChainedEntry(long Number, AuditEntry Entry, string KeyId, byte[] Previous, byte[] Hash);
