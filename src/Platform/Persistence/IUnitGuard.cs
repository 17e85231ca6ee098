namespace EPM.Platform.Persistence;

/// <summary>Stands at both ends of a unit of work that writes.</summary>
public interface IUnitGuard
{
    /// <summary>Runs first in the transaction; what it throws ends the unit of work before it did anything.</summary>
    Task BegunAsync(TenantSession session, CancellationToken ct);

    /// <summary>Runs last, knowing what the caller will be answered.</summary>
    Task AnsweringAsync<T>(TenantSession session, T answer, CancellationToken ct);
}
