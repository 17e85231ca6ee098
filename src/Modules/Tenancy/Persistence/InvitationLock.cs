using EPM.Platform.Http;
using EPM.Tenancy.Invitations;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Persistence;

internal static class InvitationLock
{
    /// <summary>Holds the invitation until the transaction ends: of an acceptance and a withdrawal at once, one finds it closed.</summary>
    /// <exception cref="NotFound">There is none.</exception>
    public static async Task<Invitation> LockInvitationAsync(this TenancyDbContext context, Guid id, CancellationToken ct)
    {
        await context.Database.ExecuteSqlAsync($"SELECT 1 FROM tenancy.invitation WHERE invitation_id = {id} FOR UPDATE", ct);
        return await context.Invitations.SingleOrDefaultAsync(one => one.InvitationId == id, ct) ?? throw new NotFound();
    }
}
