using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using EPM.Sales.Imports.Running;
using EPM.Sales.Metrics;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Sales.History;

/// <summary>Answers out of the rollup by day and product.</summary>
internal sealed class SalesHistory(TenantSession session, IStoreDirectory directory, SalesFactsReader facts) : ISalesHistory
{
    // A product alone is looked for day by day: the key has the day before it, and a store's days hold all it sells.
    private const int FewProducts = 4;

    private const decimal PerUnit = 10_000;

    private const string UnderWay = $"state IN ('{ImportStates.Queued}', '{ImportStates.Running}')";

    private const string InFull = """
        SELECT r.product_no, r.day, r.units, r.revenue FROM sales.day_product r
        WHERE r.tenant_id = $1 AND r.store_no = $2 AND r.day BETWEEN $3 AND $4 AND r.product_no = ANY ($5)
        """;

    private const string DayByDay = """
        SELECT r.product_no, r.day, r.units, r.revenue FROM generate_series($3::timestamp, $4::timestamp, '1 day') d (day)
        JOIN sales.day_product r ON r.tenant_id = $1 AND r.store_no = $2 AND r.day = d.day::date AND r.product_no = ANY ($5)
        """;

    public async Task<SalesStand> StandAsync(CancellationToken ct)
    {
        var map = await directory.AllAsync(ct);
        // The mark first: what is imported in between is asked for once more.
        var (mark, importing, at) = await session.ReadAsync($"""
            SELECT coalesce(min(import_no) FILTER (WHERE {UnderWay}) - 1, max(import_no), 0)::bigint, coalesce(bool_or({UnderWay}), false), max(finished_at)
            FROM sales.import WHERE tenant_id = $1
            """, [Tenant()], async reader => await reader.ReadAsync(ct)
                ? (reader.GetInt64(0), reader.GetBoolean(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset?>(2))
                : (0, false, null), ct);
        var known = await facts.ReadAsync(map, ct);
        return new SalesStand(mark, known.KnownDays.ToDictionary(store => store.Key, store => new SalesDays(store.Value.From, store.Value.To)), importing, at);
    }

    public async Task<IReadOnlyList<SoldCell>> CellsAsync(IReadOnlyCollection<int>? storeNos, IReadOnlyCollection<int>? productNos, CancellationToken ct)
    {
        var cells = new List<SoldCell>();
        // A store at a time: no statement grows with the chain.
        foreach (var storeNo in (storeNos ?? [.. (await directory.AllAsync(ct)).ByNo.Keys]).Order())
        {
            cells.AddRange(await session.ReadAsync("""
                SELECT product_no, min(day), max(day), count(*)::int FROM sales.day_product
                WHERE tenant_id = $1 AND store_no = $2 AND ($3::int[] IS NULL OR product_no = ANY ($3)) GROUP BY product_no ORDER BY product_no
                """, [Tenant(), new NpgsqlParameter<int> { TypedValue = storeNo }, new NpgsqlParameter<int[]?> { TypedValue = productNos is null ? null : [.. productNos] }],
                async reader =>
                {
                    var sold = new List<SoldCell>();
                    while (await reader.ReadAsync(ct))
                        sold.Add(new SoldCell(new CellKey(storeNo, reader.GetInt32(0)), reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateOnly>(2), reader.GetInt32(3)));
                    return sold;
                }, ct));
        }
        return cells;
    }

    // What an import added stands in the days it tells of. What it changed or took away may stand there no more: then its stores are asked whole.
    public Task<IReadOnlyList<CellKey>> ChangedAsync(long mark, CancellationToken ct) => session.ReadAsync("""
        WITH touched AS (
          SELECT store_no, min(CASE WHEN i.updated > 0 THEN '-infinity' ELSE i.effect_from END) AS first, max(CASE WHEN i.updated > 0 THEN 'infinity' ELSE i.effect_to END) AS last
          FROM sales.import i CROSS JOIN unnest(i.effect_stores) AS store_no
          WHERE i.tenant_id = $1 AND i.import_no > $2 AND NOT i.dry_run AND i.effect_from IS NOT NULL GROUP BY store_no)
        SELECT DISTINCT r.store_no, r.product_no FROM touched t
        JOIN sales.day_product r ON r.tenant_id = $1 AND r.store_no = t.store_no AND r.day BETWEEN t.first AND t.last ORDER BY 1, 2
        """, [Tenant(), new NpgsqlParameter<long> { TypedValue = mark }], async reader =>
        {
            var cells = new List<CellKey>();
            while (await reader.ReadAsync(ct))
                cells.Add(new CellKey(reader.GetInt32(0), reader.GetInt32(1)));
            return (IReadOnlyList<CellKey>)cells;
        }, ct);

    public Task<StoreSales> ReadAsync(int storeNo, IReadOnlyList<int> productNos, DateOnly from, DateOnly to, CancellationToken ct) =>
        session.ReadAsync(productNos.Count <= FewProducts ? DayByDay : InFull,
            [
                Tenant(), new NpgsqlParameter<int> { TypedValue = storeNo }, new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = to },
                new NpgsqlParameter<int[]> { TypedValue = [.. productNos] },
            ], async reader =>
            {
                var sales = new StoreSales(storeNo, productNos, from, to);
                while (await reader.ReadAsync(ct))
                    sales.Set(reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.GetInt64(2), reader.GetInt64(3));
                return sales;
            }, ct);

    public Task<IReadOnlyList<DaySales>> OfProductAsync(int productNo, IReadOnlyCollection<int> storeNos, IReadOnlyCollection<DateOnly> days, CancellationToken ct) => DaysAsync("""
        SELECT r.day, sum(r.units)::bigint, sum(r.revenue)::bigint FROM unnest($2::int[]) s (store_no) CROSS JOIN unnest($3::date[]) d (day)
        JOIN sales.day_product r ON r.tenant_id = $1 AND r.store_no = s.store_no AND r.day = d.day AND r.product_no = ANY ($4) GROUP BY r.day ORDER BY r.day
        """, [productNo], storeNos, days, ct);

    public Task<IReadOnlyList<DaySales>> OfCategoriesAsync(
        IReadOnlyCollection<int> categoryNos, IReadOnlyCollection<int> storeNos, IReadOnlyCollection<DateOnly> days, CancellationToken ct) => DaysAsync("""
        SELECT r.day, sum(r.units)::bigint, sum(r.revenue)::bigint FROM sales.day_category r
        WHERE r.tenant_id = $1 AND r.category_no = ANY ($4) AND r.store_no = ANY ($2) AND r.day = ANY ($3) GROUP BY r.day ORDER BY r.day
        """, categoryNos, storeNos, days, ct);

    public Task<IReadOnlyDictionary<int, decimal>> UnitsAsync(IReadOnlyCollection<int> storeNos, DateOnly from, DateOnly to, CancellationToken ct) => session.ReadAsync("""
        SELECT r.product_no, sum(r.units)::bigint FROM sales.day_product r WHERE r.tenant_id = $1 AND r.store_no = ANY ($2) AND r.day BETWEEN $3 AND $4 GROUP BY r.product_no
        """, [Tenant(), Numbers(storeNos), new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = to }], async reader =>
        {
            var units = new Dictionary<int, decimal>();
            while (await reader.ReadAsync(ct))
                units[reader.GetInt32(0)] = reader.GetInt64(1) / PerUnit;
            return (IReadOnlyDictionary<int, decimal>)units;
        }, ct);

    private Task<IReadOnlyList<DaySales>> DaysAsync(
        string sql, IReadOnlyCollection<int> what, IReadOnlyCollection<int> storeNos, IReadOnlyCollection<DateOnly> days, CancellationToken ct) => session.ReadAsync(
        sql, [Tenant(), Numbers(storeNos), new NpgsqlParameter<DateOnly[]> { TypedValue = [.. days] }, Numbers(what)], async reader =>
        {
            var sold = new List<DaySales>();
            while (await reader.ReadAsync(ct))
                sold.Add(new DaySales(reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1) / PerUnit, reader.GetInt64(2) / PerUnit));
            return (IReadOnlyList<DaySales>)sold;
        }, ct);

    private static NpgsqlParameter<int[]> Numbers(IReadOnlyCollection<int> numbers) => new() { TypedValue = [.. numbers] };

    private NpgsqlParameter<Guid> Tenant() => new() { TypedValue = session.TenantId };
}
