using EPM.Forecast.Domain;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Forecast.Overrides;

/// <summary>Which version of which override.</summary>
internal readonly record struct OverrideKey(Guid Id, int Version)
{
    public static OverrideKey Of(Override made) => new(made.OverrideId, made.Version);
}

/// <summary>The shares of totals, a row a product: what is asked for most is one product in all its stores.</summary>
internal sealed class ShareTable(TenantSession session)
{
    private const int RowsAtOnce = 500;

    /// <param name="cells">The cells of the override, by product.</param>
    /// <param name="shares">Its days, cell after cell.</param>
    public async Task InsertAsync(OverrideKey key, IReadOnlyList<CellMeans> cells, long[] shares, CancellationToken ct)
    {
        var days = shares.Length / cells.Count;
        var rows = cells.Select((cell, i) => (Cell: cell.Cell, At: i)).GroupBy(cell => cell.Cell.ProductNo);
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
            foreach (var product in some)
            {
                var insert = new NpgsqlBatchCommand("INSERT INTO forecast.override_share (tenant_id, product_no, override_id, version, store_nos, shares) VALUES ($1, $2, $3, $4, $5, $6)");
                insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
                insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = product.Key });
                insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.Id });
                insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = key.Version });
                insert.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. product.Select(cell => cell.Cell.StoreNo)] });
                insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. product.SelectMany(cell => shares.AsSpan(cell.At * days, days).ToArray())] });
                batch.BatchCommands.Add(insert);
            }
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    /// <param name="productNos">Null for all.</param>
    /// <returns>Shares by version, store and product, a value a day of the override.</returns>
    public async Task<Shares> ReadAsync(IReadOnlyCollection<OverrideKey> keys, int[]? productNos, CancellationToken ct)
    {
        var read = new Shares();
        if (keys.Count == 0)
            return read;
        await using var select = session.Command("""
            SELECT s.override_id, s.version, s.product_no, s.store_nos, s.shares FROM unnest($2::uuid[], $3::int[]) AS k (override_id, version)
            JOIN forecast.override_share s ON s.tenant_id = $1 AND s.override_id = k.override_id AND s.version = k.version AND ($4::int[] IS NULL OR s.product_no = ANY ($4))
            """);
        select.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        select.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. keys.Select(key => key.Id)] });
        select.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. keys.Select(key => key.Version)] });
        select.Parameters.Add(new NpgsqlParameter<int[]?> { TypedValue = productNos });
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            read.Add(new OverrideKey(reader.GetGuid(0), reader.GetInt32(1)), reader.GetInt32(2), reader.GetFieldValue<int[]>(3), reader.GetFieldValue<long[]>(4));
        return read;
    }
}

/// <summary>Shares that were read, cell by cell.</summary>
internal sealed class Shares
{
    private readonly Dictionary<(OverrideKey, int StoreNo, int ProductNo), ArraySegment<long>> _byCell;

    public Shares() => _byCell = [];

    public Shares(Shares others) => _byCell = new(others._byCell);

    public void Add(OverrideKey key, int productNo, int[] storeNos, long[] shares)
    {
        var days = shares.Length / storeNos.Length;
        for (var i = 0; i < storeNos.Length; i++)
            Add(key, storeNos[i], productNo, new ArraySegment<long>(shares, i * days, days));
    }

    public void Add(OverrideKey key, int storeNo, int productNo, ArraySegment<long> shares) => _byCell[(key, storeNo, productNo)] = shares;

    /// <returns>Null where the cell was not there when the total was shared.</returns>
    public IReadOnlyList<long>? Of(OverrideKey key, int storeNo, int productNo) => _byCell.TryGetValue((key, storeNo, productNo), out var shares) ? (IReadOnlyList<long>)shares : null;
}
