namespace EPM.Platform.Tenancy;

/// <summary>A tenant as every module may know it.</summary>
/// <param name="Id">Row-level-security key of all its data.</param>
/// <param name="Slug">Its subdomain.</param>
/// <param name="Currency">ISO 4217 code all its money is told in.</param>
/// <param name="TimeZone">IANA zone used where a store has none of its own.</param>
/// <param name="Language">fr or en.</param>
public sealed record TenantInfo(Guid Id, string Slug, string Name, string Country, string Currency, string TimeZone, string Language);

/// <summary>Finds tenants by subdomain; answered by the Tenancy module.</summary>
public interface ITenantDirectory
{
    /// <returns>The tenant, or null when no such subdomain was ever opened.</returns>
    ValueTask<TenantInfo?> FindAsync(string slug, CancellationToken ct);

    /// <summary>The tenant that waiting work names. What this host remembers of the name may be older than the work: then it is looked for again.</summary>
    /// <returns>Null when the name was never opened, or is another tenant's.</returns>
    ValueTask<TenantInfo?> FindAsync(string slug, Guid id, CancellationToken ct);

    /// <returns>Every subdomain, for work that goes through all tenants, each in its own unit of work.</returns>
    Task<IReadOnlyList<string>> SlugsAsync(CancellationToken ct);

    /// <summary>Looks again the next time: the tenant was restored or deleted as a whole.</summary>
    void Forget(string slug);
}

/// <summary>The tenant of the current request or job. Scoped and set once; there is no ambient fallback.</summary>
public sealed class CurrentTenant
{
    private TenantInfo? _info;

    /// <exception cref="InvalidOperationException">The unit of work has no tenant.</exception>
    public TenantInfo Info => _info ?? throw new InvalidOperationException("This unit of work has no tenant.");

    public Guid Id => Info.Id;

    public bool IsSet => _info is not null;

    public void Set(TenantInfo info)
    {
        if (_info is not null && _info.Id != info.Id)
            throw new InvalidOperationException("A unit of work never changes its tenant.");
        _info = info;
    }
}
