namespace EPM.Platform.Persistence;

/// <summary>What a unit of work writes at its very end, in its own transaction: one of a kind a unit, made when it is first asked for.</summary>
public interface ICommitStep
{
    /// <summary>Steps run in this order. Whoever locks a row that many units of work share comes late, and always in the same place.</summary>
    int Order { get; }

    Task BeforeCommitAsync(TenantSession session, CancellationToken ct);
}
