using EPM.Platform.Persistence;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Persistence;

internal sealed class StoreClosing : IStoreClosing
{
    public async Task CloseAsync(TenantSession session, string code, DateOnly from, DateOnly to, string reason, CancellationToken ct)
    {
        await using var db = new StoresDbContext(session);
        var number = await db.Stores.Where(store => store.Code == code).Select(store => store.StoreNo).SingleAsync(ct);
        if (await db.Closures.AnyAsync(closure => closure.StoreNo == number && closure.FromDay == from, ct))
            return;
        db.Closures.Add(new Closure { StoreNo = number, FromDay = from, ToDay = to, Reason = reason });
        await db.SaveChangesAsync(ct);
        session.FiguresChange();
    }
}
