using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Rollups;

/// <summary>Writes the day × hour cells: few enough that all are added to in one statement.</summary>
internal static class HourWriter
{
    public static async Task WriteAsync(TenantSession session, RollupDelta delta, CancellationToken ct)
    {
        if (delta.ByHour.Count == 0)
            return;
        var cells = delta.ByHour.Keys.Order().ToArray();
        await using var upsert = session.Command("""
            INSERT INTO sales.day_hour AS r (tenant_id, store_no, day, hour, tickets, lines, revenue)
            SELECT $1, delta.* FROM unnest($2::int[], $3::date[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[]) AS delta
            ON CONFLICT (tenant_id, store_no, day, hour) DO UPDATE
            SET tickets = r.tickets + excluded.tickets, lines = r.lines + excluded.lines, revenue = r.revenue + excluded.revenue
            """);
        upsert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId },
            new NpgsqlParameter<int[]> { TypedValue = [.. cells.Select(cell => cell.Store)] },
            new NpgsqlParameter<DateOnly[]> { TypedValue = [.. cells.Select(cell => DateOnly.FromDayNumber(cell.Day))] },
            new NpgsqlParameter<short[]> { TypedValue = [.. cells.Select(cell => (short)cell.Hour)] },
            new NpgsqlParameter<long[]> { TypedValue = [.. cells.Select(cell => delta.ByHour[cell].Tickets)] },
            new NpgsqlParameter<long[]> { TypedValue = [.. cells.Select(cell => delta.ByHour[cell].Lines)] },
            new NpgsqlParameter<long[]> { TypedValue = [.. cells.Select(cell => delta.ByHour[cell].Revenue)] },
        });
        await upsert.ExecuteNonQueryAsync(ct);
    }
}
