namespace EPM.Tenancy.Contracts;

/// <summary>What a tenant keeps in a module's tables, for the administrator's view of usage; answered by modules that keep much.</summary>
public interface ITenantStorage
{
    Task<StorageUse> MeasureAsync(CancellationToken ct);
}

/// <param name="Lines">Business records.</param>
/// <param name="Bytes">Files kept as they came.</param>
public sealed record StorageUse(long Lines, long Bytes);
