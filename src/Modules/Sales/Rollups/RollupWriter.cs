using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Rollups;

/// <summary>
/// Writes a delta into the rollups, in the session's transaction. Cells of a store-day seen for the first time are
/// simply put in; the others are added to.
/// </summary>
internal static class RollupWriter
{
    private static readonly CellTable<(int Category, int Store, int Day)> CategoryDays = new("sales.day_category", ["category_no", "store_no", "day"], (copy, cell) =>
    {
        copy.Int32(cell.Category);
        copy.Int32(cell.Store);
        copy.Date(cell.Day);
    });

    private static readonly CellTable<(int Store, int Day, int Product)> ProductDays = new("sales.day_product", ["store_no", "day", "product_no"], (copy, cell) =>
    {
        copy.Int32(cell.Store);
        copy.Date(cell.Day);
        copy.Int32(cell.Product);
    });

    private static readonly CellTable<(int Category, int Store, int Month)> CategoryMonths = new("sales.month_category", ["category_no", "store_no", "month"], (copy, cell) =>
    {
        copy.Int32(cell.Category);
        copy.Int32(cell.Store);
        copy.Date(cell.Month);
    });

    public static async Task WriteAsync(TenantSession session, RollupDelta delta, CancellationToken ct)
    {
        var known = await KnownStoreDaysAsync(session, delta, ct);
        await CategoryDays.WriteAsync(session, delta.ByCategory, cell => known.Contains((cell.Store, cell.Day)), ct);
        await ProductDays.WriteAsync(session, delta.ByProduct, cell => known.Contains((cell.Store, cell.Day)), ct);
        await CategoryMonths.WriteAsync(session, Months(delta), _ => true, ct);
        await HourWriter.WriteAsync(session, delta, ct);
        if (delta.Empties)
            await RemoveEmptyAsync(session, delta, ct);
    }

    private static Dictionary<(int Category, int Store, int Month), Measures> Months(RollupDelta delta)
    {
        var months = new Dictionary<(int, int, int), Measures>();
        foreach (var ((category, store, day), measures) in delta.ByCategory)
        {
            var date = DateOnly.FromDayNumber(day);
            var key = (category, store, day - date.Day + 1);
            var month = months.GetValueOrDefault(key);
            month.Add(measures, 1);
            months[key] = month;
        }
        return months;
    }

    private static async Task<HashSet<(int Store, int Day)>> KnownStoreDaysAsync(TenantSession session, RollupDelta delta, CancellationToken ct)
    {
        var cells = delta.ByCategory.Keys.Where(cell => cell.Category == RollupDelta.WholeStore).ToArray();
        await using var select = session.Command("""
            SELECT r.store_no, r.day FROM unnest($1::int[], $2::date[]) AS asked (store_no, day)
            JOIN sales.day_category r ON r.tenant_id = $3 AND r.category_no = 0 AND r.store_no = asked.store_no AND r.day = asked.day
            """);
        select.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. cells.Select(cell => cell.Store)] });
        select.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. cells.Select(cell => DateOnly.FromDayNumber(cell.Day))] });
        select.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var known = new HashSet<(int, int)>();
        while (await reader.ReadAsync(ct))
            known.Add((reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1).DayNumber));
        return known;
    }

    // Only corrections empty a cell, and only in the store-days they touch.
    private static async Task RemoveEmptyAsync(TenantSession session, RollupDelta delta, CancellationToken ct)
    {
        var days = delta.ByCategory.Keys.Select(cell => (cell.Store, cell.Day)).Distinct().ToArray();
        var stores = days.Select(cell => cell.Store).ToArray();
        var dates = days.Select(cell => DateOnly.FromDayNumber(cell.Day)).ToArray();
        foreach (var (table, day) in new[] { ("day_category", "day"), ("day_product", "day"), ("day_hour", "day"), ("month_category", "month") })
        {
            await using var delete = session.Command($"""
                DELETE FROM sales.{table} r USING unnest($1::int[], $2::date[]) AS touched (store_no, day)
                WHERE r.tenant_id = $3 AND r.store_no = touched.store_no AND r.lines = 0
                  AND r.{day} = {(day == "month" ? "date_trunc('month', touched.day)::date" : "touched.day")}
                """);
            delete.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = stores });
            delete.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = dates });
            delete.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
            await delete.ExecuteNonQueryAsync(ct);
        }
    }
}
