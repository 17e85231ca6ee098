using EPM.Platform.Persistence;
using EPM.Sales.Rollups;
using Npgsql;

namespace EPM.Sales.Catalogue;

/// <summary>Gathers edits that alter how past sales are summed, and has those sums computed anew in the same transaction.</summary>
internal sealed class CatalogueChanges(TenantSession session, IRollupRebuild rebuild)
{
    private readonly Dictionary<int, DateOnly> _since = [];

    /// <summary>The product, or a category above it, hangs elsewhere now.</summary>
    public void Moved(int productNo) => _since[productNo] = DateOnly.MinValue;

    /// <summary>The product costs something else from a day on.</summary>
    public void Repriced(int productNo, DateOnly since)
    {
        if (!_since.TryGetValue(productNo, out var earlier) || since < earlier)
            _since[productNo] = since;
    }

    /// <summary>Call once, after the edits were saved.</summary>
    public async Task ApplyAsync(CancellationToken ct)
    {
        session.FiguresChange();
        var always = _since.Where(change => change.Value == DateOnly.MinValue).Select(change => change.Key);
        int[] affected = [.. always, .. await SoldSinceAsync(_since.Where(change => change.Value > DateOnly.MinValue).ToArray(), ct)];
        if (affected.Length > 0)
            await rebuild.ForProductsAsync(session, affected, ct);
    }

    // A price told today concerns no sale before today, and most products have none since.
    private async Task<IReadOnlyCollection<int>> SoldSinceAsync(KeyValuePair<int, DateOnly>[] repriced, CancellationToken ct)
    {
        if (repriced.Length == 0)
            return [];
        await using var select = session.Command("""
            SELECT product_no FROM unnest($1::int[], $2::date[]) AS changed (product_no, since)
            WHERE EXISTS (SELECT 1 FROM sales.day_product sold WHERE sold.product_no = changed.product_no AND sold.day >= changed.since)
            """);
        select.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. repriced.Select(change => change.Key)] });
        select.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. repriced.Select(change => change.Value)] });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var sold = new List<int>();
        while (await reader.ReadAsync(ct))
            sold.Add(reader.GetInt32(0));
        return sold;
    }
}
