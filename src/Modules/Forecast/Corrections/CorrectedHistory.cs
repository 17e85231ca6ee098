using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Forecast.Corrections;

/// <summary>A day of a product that is learnt from as something else than it was.</summary>
/// <param name="Units">NaN to learn nothing from it.</param>
internal readonly record struct CorrectedDay(int ProductNo, DateOnly Day, double Units);

/// <summary>Corrections as those who learn from history take them.</summary>
internal static class CorrectedHistory
{
    private const double PerUnit = 10_000;

    public static Task<ILookup<int, CorrectedDay>> ReadAsync(TenantSession session, int storeNo, IReadOnlyList<int> productNos, DateOnly from, DateOnly to, CancellationToken ct) =>
        session.ReadAsync("""
            SELECT product_no, day, corrected FROM forecast.correction
            WHERE tenant_id = $1 AND store_no = $2 AND product_no = ANY ($3) AND day BETWEEN $4 AND $5 ORDER BY product_no, day
            """,
            [
                new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int> { TypedValue = storeNo },
                new NpgsqlParameter<int[]> { TypedValue = [.. productNos] }, new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = to },
            ], async reader =>
            {
                var days = new List<CorrectedDay>();
                while (await reader.ReadAsync(ct))
                    days.Add(new CorrectedDay(reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.IsDBNull(2) ? double.NaN : reader.GetInt64(2) / PerUnit));
                return days.ToLookup(day => day.ProductNo);
            }, ct);

    /// <summary>Puts corrections in place of what was sold. Days outside the history say nothing.</summary>
    /// <param name="first">Day of the first value.</param>
    public static void Apply(IEnumerable<CorrectedDay> corrections, DateOnly first, Span<double> values)
    {
        foreach (var day in corrections)
        {
            var at = day.Day.DayNumber - first.DayNumber;
            if (at >= 0 && at < values.Length)
                values[at] = day.Units;
        }
    }
}
