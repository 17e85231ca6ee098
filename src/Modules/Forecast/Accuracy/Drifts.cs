using System.Runtime.InteropServices;
using EPM.Forecast.Domain;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Accuracy;

/// <summary>A cell whose forecasts became worse.</summary>
internal sealed record DriftingCell(CellKey Cell, Drift Drift);

/// <summary>Finds which cells' forecasts became worse, and keeps them until the next run.</summary>
internal sealed class Drifts(TenantSession session, PastReader past)
{
    private const int Weeks = 12;
    private const int Week = 7;

    /// <summary>In the transaction that was begun.</summary>
    /// <param name="asOf">Last business date any store has; the week it is in counts when it is over.</param>
    public async Task FindAsync(DateOnly asOf, CancellationToken ct)
    {
        var last = MondayOf(asOf.AddDays(1)).AddDays(-Week);
        var weeks = new Dictionary<(CellKey, DateOnly), WeekErrors>();
        await past.ReadAsync([OverrideScores.Lag], null, last.AddDays(Week * (1 - Weeks)), last.AddDays(Week - 1), row => Add(weeks, row), ct);
        var backtests = await BacktestsAsync(ct);
        var found = weeks.GroupBy(week => week.Key.Item1, week => week.Value)
            .Select(cell => (cell.Key, Drift: Drift.Of(cell, last, backtests.TryGetValue(cell.Key, out var wape) ? wape : null)))
            .Where(cell => cell.Drift is not null).Select(cell => new DriftingCell(cell.Key, cell.Drift!)).ToArray();
        await KeepAsync(found, ct);
    }

    /// <summary>The worst first.</summary>
    public Task<IReadOnlyList<DriftingCell>> AllAsync(CancellationToken ct) => session.ReadAsync(
        "SELECT store_no, product_no, wape_before, wape_now, since FROM forecast.drift WHERE tenant_id = $1 ORDER BY wape_now - wape_before DESC, product_no, store_no",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }], async reader =>
        {
            var cells = new List<DriftingCell>();
            while (await reader.ReadAsync(ct))
                cells.Add(new DriftingCell(new CellKey(reader.GetInt32(0), reader.GetInt32(1)), new Drift(reader.GetDouble(2), reader.GetDouble(3), reader.GetFieldValue<DateOnly>(4))));
            return (IReadOnlyList<DriftingCell>)cells;
        }, ct);

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % Week));

    private static void Add(Dictionary<(CellKey, DateOnly), WeekErrors> weeks, PastRow row)
    {
        var monday = MondayOf(row.Day);
        for (var i = 0; i < row.StoreNos.Length; i++)
        {
            if (!row.Came(i))
                continue;
            ref var week = ref CollectionsMarshal.GetValueRefOrAddDefault(weeks, (new CellKey(row.StoreNos[i], row.ProductNo), monday), out _);
            week = new WeekErrors(monday, week.Days + 1, week.AbsError + Math.Abs(row.P50[i] - row.Actual![i]), week.AbsActual + Math.Abs(row.Actual[i]));
        }
    }

    private Task<Dictionary<CellKey, double>> BacktestsAsync(CancellationToken ct) => session.ReadAsync(
        "SELECT store_no, product_no, wape FROM forecast.cell WHERE tenant_id = $1 AND wape IS NOT NULL", [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }], async reader =>
        {
            var wapes = new Dictionary<CellKey, double>();
            while (await reader.ReadAsync(ct))
                wapes[new CellKey(reader.GetInt32(0), reader.GetInt32(1))] = reader.GetDouble(2);
            return wapes;
        }, ct);

    private async Task KeepAsync(DriftingCell[] found, CancellationToken ct)
    {
        await using (var clear = session.Command("DELETE FROM forecast.drift WHERE tenant_id = $1"))
        {
            clear.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
            await clear.ExecuteNonQueryAsync(ct);
        }
        if (found.Length == 0)
            return;
        await new BulkInsert(session, "forecast.drift")
            .Column("product_no", "int", Array.ConvertAll(found, cell => cell.Cell.ProductNo)).Column("store_no", "int", Array.ConvertAll(found, cell => cell.Cell.StoreNo))
            .Column("wape_before", "float8", Array.ConvertAll(found, cell => cell.Drift.Before)).Column("wape_now", "float8", Array.ConvertAll(found, cell => cell.Drift.Now))
            .Column("since", "date", Array.ConvertAll(found, cell => cell.Drift.Since)).RunAsync(ct);
    }
}
