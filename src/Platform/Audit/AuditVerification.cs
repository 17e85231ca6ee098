using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Audit;

/// <param name="BrokenAt">Number of the first entry that is not what was written, or not there.</param>
/// <param name="Reason">What is wrong with it: one of <see cref="AuditFaults"/>.</param>
/// <param name="Anchor">The newest anchor that was held against the chain; null when there was none.</param>
public sealed record AuditReport(
    bool Intact, long Entries, long? First, long? Last, long? BrokenAt, string? Reason, AuditAnchor? Anchor, DateTimeOffset CheckedAt);

/// <summary>What can be wrong with a chain; each has a text <c>audit_fault.code</c>.</summary>
public static class AuditFaults
{
    public const string Missing = "entry_missing";
    public const string Order = "order_broken";
    public const string Changed = "entry_changed";
    public const string Key = "key_unknown";
    public const string Head = "head_changed";
    public const string Tail = "tail_cut";
    public const string Anchor = "anchor_differs";

    public static readonly IReadOnlyList<string> All = [Missing, Order, Changed, Key, Head, Tail, Anchor];
}

/// <summary>Reads a tenant's whole chain and holds it against itself, its key, its head and the anchors outside the database.</summary>
public sealed class AuditVerification(AuditKeys keys, TimeProvider time)
{
    // Pages keep each statement far below its time limit, however long the trail; nothing that was read can change meanwhile.
    private const int PageSize = 2_000;

    /// <param name="session">Of the tenant; a transaction is not needed.</param>
    /// <param name="anchors">Of any chains; read before this is called, so that none is newer than what is read here.</param>
    public async Task<AuditReport> VerifyAsync(TenantSession session, IEnumerable<AuditAnchor> anchors, CancellationToken ct)
    {
        var tenant = session.TenantId;
        var ours = anchors.Where(anchor => anchor.Tenant == tenant).ToArray();
        var anchored = ours.ToLookup(anchor => anchor.Number);
        var head = await HeadAsync(session, ct);
        var (entries, first, last, previous) = (0L, (long?)null, 0L, AuditChain.Nothing);
        AuditReport Report(long? brokenAt, string? reason) => new(reason is null, entries, first, last == 0 ? null : last, brokenAt, reason,
            ours.MaxBy(anchor => anchor.Number), time.GetUtcNow());

        while (true)
        {
            var page = await AuditRows.ReadAsync(session, "number > $2 ORDER BY number LIMIT $3",
                [new NpgsqlParameter<long> { TypedValue = last }, new NpgsqlParameter<int> { TypedValue = PageSize }], ct);
            foreach (var entry in page)
            {
                if (FaultOf(tenant, entry, last + 1, previous, anchored, head) is { } fault)
                    return Report(fault == AuditFaults.Missing ? last + 1 : entry.Number, fault);
                (entries, first, last, previous) = (entries + 1, first ?? entry.Number, entry.Number, entry.Hash);
            }
            if (page.Count < PageSize)
                break;
        }
        // The head and an anchor both know of entries that are not there any more.
        var furthest = ours.Select(anchor => anchor.Number).Append(head?.Number ?? 0).Max();
        if (furthest > last)
            return Report(last + 1, AuditFaults.Tail);
        return last > 0 && (await HeadAsync(session, ct) is not { } newest || newest.Number < last) ? Report(last, AuditFaults.Head) : Report(null, null);
    }

    private string? FaultOf(Guid tenant, ChainedEntry entry, long expected, byte[] previous, ILookup<long, AuditAnchor> anchored, (long Number, byte[] Hash)? head)
    {
        if (entry.Number != expected)
            return AuditFaults.Missing;
        if (keys.Fits(tenant, entry) is not { } fits)
            return AuditFaults.Key;
        if (!fits)
            return AuditFaults.Changed;
        if (!entry.Previous.AsSpan().SequenceEqual(previous))
            return AuditFaults.Order;
        if (anchored[entry.Number].Any(anchor => !anchor.Hash.AsSpan().SequenceEqual(entry.Hash)))
            return AuditFaults.Anchor;
        return head is { } newest && newest.Number == entry.Number && !newest.Hash.AsSpan().SequenceEqual(entry.Hash) ? AuditFaults.Head : null;
    }

    // Read before the entries it may be behind them, read after them it may be ahead, and nothing else.
    private static Task<(long Number, byte[] Hash)?> HeadAsync(TenantSession session, CancellationToken ct) => session.ReadAsync(
        "SELECT number, hash FROM platform.audit_head WHERE tenant_id = $1", [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }],
        async reader => await reader.ReadAsync(ct) ? ((long, byte[])?)(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null, ct);
}
