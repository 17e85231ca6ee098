using EPM.Platform.Persistence;

namespace EPM.Stores.Contracts;

/// <summary>Notes closures outside HTTP, inside the caller's own transaction. What it is given is trusted.</summary>
public interface IStoreClosing
{
    /// <summary>Closes a store from one day to another, both included. A closure that begins that day stays as it is.</summary>
    /// <param name="session">A begun session.</param>
    /// <param name="code">Code of a store that exists.</param>
    Task CloseAsync(TenantSession session, string code, DateOnly from, DateOnly to, string reason, CancellationToken ct);
}
