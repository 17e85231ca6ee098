using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Corrections;

/// <summary>What a day is to be learnt from as.</summary>
/// <param name="Corrected">In ten-thousandths; null to learn nothing from it.</param>
internal readonly record struct DayToCorrect(CellKey Cell, DateOnly Day, long? Corrected, string Reason, string? Note);

/// <summary>Writes corrections, one a day of a cell, and marks the cells as changed.</summary>
internal sealed class CorrectionWriter(TenantSession session, PlanningDbContext db, CurrentCaller caller, Ids ids, TimeProvider time)
{
    /// <returns>The corrections as they stand now, in the order asked for, each with what stood there before.</returns>
    public async Task<IReadOnlyList<(Correction Now, long? Before, bool Existed)>> WriteAsync(IReadOnlyList<DayToCorrect> days, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var written = new List<(Correction, long?, bool)>(days.Count);
        var (stores, products) = (days.Select(day => day.Cell.StoreNo).Distinct().ToArray(), days.Select(day => day.Cell.ProductNo).Distinct().ToArray());
        var dates = days.Select(day => day.Day).Distinct().ToArray();
        var known = await db.Corrections.Where(row => stores.Contains(row.StoreNo) && products.Contains(row.ProductNo) && dates.Contains(row.Day))
            .ToDictionaryAsync(row => (row.StoreNo, row.ProductNo, row.Day), ct);
        foreach (var day in days)
        {
            var there = known.GetValueOrDefault((day.Cell.StoreNo, day.Cell.ProductNo, day.Day));
            var before = there?.Corrected;
            var row = there ?? new Correction
            {
                StoreNo = day.Cell.StoreNo,
                ProductNo = day.Cell.ProductNo,
                Day = day.Day,
                CorrectionId = ids.Next(),
                Reason = day.Reason,
                CreatedByName = caller.Value.Name,
                CreatedAt = now,
            };
            (row.Corrected, row.Reason, row.Note, row.CreatedByName, row.CreatedAt) = (day.Corrected, day.Reason, day.Note, caller.Value.Name, now);
            if (there is null)
                known.Add((row.StoreNo, row.ProductNo, row.Day), db.Corrections.Add(row).Entity);
            written.Add((row, before, there is not null));
        }
        await db.SaveChangesAsync(ct);
        await CorrectedCells.MarkAsync(session, [.. days.Select(day => day.Cell)], ct);
        session.FiguresChange();
        return written;
    }
}
