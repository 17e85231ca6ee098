using EPM.Platform.Persistence;

namespace EPM.Platform.Audit;

/// <summary>The entries of one unit of work, written together when it commits.</summary>
internal sealed class EntriesAtCommit(AuditChain chain) : ICommitStep
{
    private readonly List<AuditEntry> _entries = [];

    /// <summary>Behind all others: every change of a tenant waits for the head of its chain.</summary>
    public int Order => int.MaxValue;

    public void Add(AuditEntry entry) => _entries.Add(entry);

    public Task BeforeCommitAsync(TenantSession session, CancellationToken ct) => chain.AppendAsync(session, _entries, ct);
}
