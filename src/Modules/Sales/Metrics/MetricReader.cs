using System.Globalization;
using EPM.Platform.Persistence;
using EPM.Sales.Rollups;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Sales.Metrics;

/// <summary>One row of a grouped reading: its keys by dimension, in the order asked, and its totals.</summary>
internal sealed record MetricRow(string[] Keys, Totals Totals);

/// <summary>Reads sums from the rollups, grouped by any dimensions.</summary>
internal sealed class MetricReader(TenantSession session, IObjectives objectives)
{
    /// <param name="mapDay">Where a day is counted: a comparison moves its days onto ours.</param>
    /// <param name="exactDays">True when <paramref name="mapDay"/> moves days across months.</param>
    /// <param name="spread">Objectives to hold the figures against; null when none are asked for.</param>
    public async Task<IReadOnlyList<MetricRow>> ReadAsync(
        Selection selection, Period period, IReadOnlyList<string> by, Func<DateOnly, DateOnly> mapDay, bool exactDays, ObjectiveSpread? spread, CancellationToken ct)
    {
        var plans = spread is { IsEmpty: false } && selection.IsWholeStores && selection.ProductNo is null && !by.Any(d => d is "category" or "product" or "hour");
        // Attainment counts the revenue of stores that have a plan, so these are told apart until the end.
        IReadOnlyList<string> grain = plans && !by.Contains("store", StringComparer.Ordinal) ? [.. by, "store"] : by;
        var keys = new RowKeys(grain, selection, exactDays);
        var rows = by.Contains("hour", StringComparer.Ordinal)
            ? await HoursAsync(selection, period, keys, mapDay, ct)
            : await SumsAsync(selection, period, keys, mapDay, ct);
        if (plans)
            AddObjectives(rows, selection, period, keys, mapDay, spread!);
        return Collapse(rows, by.Count);
    }

    /// <param name="through">Last day that has figures.</param>
    public async Task<ObjectiveSpread> ObjectivesAsync(Selection selection, Period period, DateOnly through, CancellationToken ct) =>
        ObjectiveSpread.Of(await objectives.MonthlyAsync(selection.StoreNos, period.From, period.To, ct), selection.Map, period, through);

    private async Task<Dictionary<RowKey, Totals>> SumsAsync(Selection selection, Period period, RowKeys keys, Func<DateOnly, DateOnly> mapDay, CancellationToken ct)
    {
        var parameters = new List<NpgsqlParameter> { new NpgsqlParameter<Guid> { TypedValue = session.TenantId } };
        var products = keys.Has("product") || selection.ProductNo is not null;
        var item = keys.Has("product") ? "p.sku" : !keys.Has("category") ? "NULL" : products ? "p.category_no::text" : "r.category_no::text";
        var from = products
            ? $"{RollupSource.Products(parameters, selection.ProductNo is { } one ? [one] : await ProductsOfAsync(selection, ct), selection.StoreNos, period)} r "
              + "JOIN sales.product p ON p.tenant_id = $1 AND p.product_no = r.product_no"
            : $"{RollupSource.Categories(parameters, CategoriesOf(selection, keys), selection.StoreNos, period, keys.NeedsDays)} r";
        return await session.ReadAsync(
            $"SELECT {(keys.NeedsStores ? "r.store_no" : "0")}, {keys.DayExpression}, {item}, {RollupSource.Sums} FROM {from} GROUP BY 1, 2, 3",
            parameters, async reader =>
            {
                var rows = new Dictionary<RowKey, Totals>();
                var counted = products ? selection.ProductNo is not null || keys.Has("product") : keys.Has("category") || selection.TopNos.Length <= 1;
                while (await reader.ReadAsync(ct))
                {
                    var key = keys.Of(reader.GetInt32(0), Mapped(reader, mapDay), Own(reader), reader.IsDBNull(2) ? null : reader.GetString(2));
                    Add(rows, key, new Totals(ReadMeasures(reader, 3), TicketsKnown: counted));
                }
                return rows;
            }, ct);
    }

    private Task<Dictionary<RowKey, Totals>> HoursAsync(Selection selection, Period period, RowKeys keys, Func<DateOnly, DateOnly> mapDay, CancellationToken ct) => session.ReadAsync(
        $"""
        SELECT store_no, {keys.DayExpression}, hour, sum(tickets)::bigint, sum(lines)::bigint, sum(revenue)::bigint FROM sales.day_hour r
        WHERE tenant_id = $1 AND store_no = ANY ($2) AND day BETWEEN $3 AND $4 GROUP BY 1, 2, 3
        """,
        [
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = selection.StoreNos },
            new NpgsqlParameter<DateOnly> { TypedValue = period.From }, new NpgsqlParameter<DateOnly> { TypedValue = period.To },
        ],
        async reader =>
        {
            var rows = new Dictionary<RowKey, Totals>();
            while (await reader.ReadAsync(ct))
            {
                var key = keys.Of(reader.GetInt32(0), Mapped(reader, mapDay), Own(reader), reader.GetInt16(2).ToString("00", CultureInfo.InvariantCulture));
                Add(rows, key, new Totals(new Measures { Tickets = reader.GetInt64(3), Lines = reader.GetInt64(4), Revenue = reader.GetInt64(5) }));
            }
            return rows;
        }, ct);

    private static DateOnly? Own(NpgsqlDataReader reader) => reader.IsDBNull(1) ? null : reader.GetFieldValue<DateOnly>(1);

    private static DateOnly? Mapped(NpgsqlDataReader reader, Func<DateOnly, DateOnly> mapDay) => Own(reader) is { } day ? mapDay(day) : null;

    private static void AddObjectives(Dictionary<RowKey, Totals> rows, Selection selection, Period period, RowKeys keys, Func<DateOnly, DateOnly> mapDay, ObjectiveSpread spread)
    {
        var planned = selection.Stores.Where(store => spread.Stores.Contains(store.StoreNo)).ToArray();
        var codes = planned.Select(store => store.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, totals) in rows.ToArray())
        {
            if (codes.Contains(keys.StoreOf(key)))
                rows[key] = totals with { PlannedRevenue = totals.Measures.Revenue };
        }
        foreach (var store in planned)
        {
            for (var day = period.From; day <= period.To; day = day.AddDays(1))
            {
                if (spread.On(store.StoreNo, day) is { } objective)
                    Add(rows, keys.Of(store.StoreNo, mapDay(day), day, null), new Totals(default, objective, day <= spread.Through ? objective : null));
            }
        }
    }

    private static IReadOnlyList<MetricRow> Collapse(Dictionary<RowKey, Totals> rows, int dimensions)
    {
        var collapsed = new Dictionary<RowKey, Totals>();
        foreach (var (key, totals) in rows)
            Add(collapsed, new RowKey(key.Parts[..dimensions]), totals);
        return [.. collapsed.OrderBy(row => row.Key.Text, StringComparer.Ordinal).Select(row => new MetricRow(row.Key.Parts, row.Value))];
    }

    private static void Add(Dictionary<RowKey, Totals> rows, RowKey key, in Totals totals) =>
        rows[key] = rows.TryGetValue(key, out var before) ? before.Plus(totals) : totals;

    private static int[] CategoriesOf(Selection selection, RowKeys keys) =>
        keys.Has("category") ? [.. selection.Children.DefaultIfEmpty(selection.Category).OfType<CategoryNode>().Select(c => c.No)] : selection.TopNos;

    private async Task<int[]?> ProductsOfAsync(Selection selection, CancellationToken ct)
    {
        if (selection.IsWholeStores)
            return null;
        return await session.ReadAsync("SELECT product_no FROM sales.product WHERE tenant_id = $1 AND category_no = ANY ($2)",
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = selection.SelfAndDescendants() }],
            async reader =>
            {
                var products = new List<int>();
                while (await reader.ReadAsync(ct))
                    products.Add(reader.GetInt32(0));
                return products.ToArray();
            }, ct);
    }

    public static Measures ReadMeasures(NpgsqlDataReader reader, int at) => new()
    {
        Tickets = reader.GetInt64(at),
        Lines = reader.GetInt64(at + 1),
        Units = reader.GetInt64(at + 2),
        Revenue = reader.GetInt64(at + 3),
        Net = reader.GetInt64(at + 4),
        Discount = reader.GetInt64(at + 5),
        Cost = reader.GetInt64(at + 6),
        CostedNet = reader.GetInt64(at + 7),
    };
}
