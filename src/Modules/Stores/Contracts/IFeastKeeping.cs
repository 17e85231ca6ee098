using EPM.Platform.Persistence;

namespace EPM.Stores.Contracts;

/// <summary>When a feast was kept in a country.</summary>
/// <param name="Code">Code of a known feast.</param>
/// <param name="Country">One of the countries it is proposed for; null for what is the same in all.</param>
public readonly record struct KeptFeast(string Code, string? Country, DateOnly From, DateOnly To);

/// <summary>Notes outside HTTP, inside the caller's own transaction, when feasts were kept. What it is given is trusted.</summary>
public interface IFeastKeeping
{
    /// <summary>Confirms the nearest proposal, or moves it to these days. What somebody has decided already stays as it is.</summary>
    /// <param name="session">A begun session.</param>
    /// <exception cref="ArgumentException">No such feast is proposed around that time.</exception>
    Task KeepAsync(TenantSession session, IReadOnlyCollection<KeptFeast> feasts, CancellationToken ct);
}
