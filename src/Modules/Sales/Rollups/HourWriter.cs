using EPM.Platform.Persistence;

namespace EPM.Sales.Rollups;

/// <summary>Writes the day × hour cells: few enough that all are added to in one statement.</summary>
internal static class HourWriter
{
    public static async Task WriteAsync(TenantSession session, RollupDelta delta, CancellationToken ct)
    {
        if (delta.ByHour.Count == 0)
            return;
        var cells = delta.ByHour.Keys.Order().ToArray();
        await new BulkInsert(session, "sales.day_hour")
            .Column("store_no", "int", Array.ConvertAll(cells, cell => cell.Store))
            .Column("day", "date", Array.ConvertAll(cells, cell => DateOnly.FromDayNumber(cell.Day)))
            .Column("hour", "smallint", Array.ConvertAll(cells, cell => (short)cell.Hour))
            .Column("tickets", "bigint", Array.ConvertAll(cells, cell => delta.ByHour[cell].Tickets))
            .Column("lines", "bigint", Array.ConvertAll(cells, cell => delta.ByHour[cell].Lines))
            .Column("revenue", "bigint", Array.ConvertAll(cells, cell => delta.ByHour[cell].Revenue))
            .RunAsync(ct, """
                ON CONFLICT (tenant_id, store_no, day, hour) DO UPDATE
                SET tickets = r.tickets + excluded.tickets, lines = r.lines + excluded.lines, revenue = r.revenue + excluded.revenue
                """);
    }
}
