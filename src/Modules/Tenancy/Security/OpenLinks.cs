using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <summary>Links that still open something: whoever may not hand them out any more leaves none behind.</summary>
internal sealed class OpenLinks(TenantSession unit, TimeProvider time)
{
    public async Task WithdrawOfAsync(Guid administrator, CancellationToken ct)
    {
        await using (var invitations = unit.Command("UPDATE tenancy.invitation SET withdrawn_at = $1 WHERE invited_by = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL"))
            await invitations.With(time.GetUtcNow()).With(administrator).ExecuteNonQueryAsync(ct);
        await using var passwords = unit.Command("DELETE FROM tenancy.password_link WHERE made_by = $1");
        await passwords.With(administrator).ExecuteNonQueryAsync(ct);
    }
}
