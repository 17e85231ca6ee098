namespace EPM.Stores.Contracts;

/// <summary>Answers which stores the current tenant has. Kept in process per data version; only committed stores are in it.</summary>
public interface IStoreDirectory
{
    /// <returns>The stores of the current tenant at its current data version.</returns>
    ValueTask<StoreMap> AllAsync(CancellationToken ct);
}
