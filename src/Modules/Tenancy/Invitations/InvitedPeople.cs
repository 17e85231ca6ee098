using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Features;
using EPM.Tenancy.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Tenancy.Invitations;

/// <summary>Makes people of invitations, inside the caller's transaction: by the link, or by the word of the chain's identity provider.</summary>
internal sealed class InvitedPeople(TenantSession unit, IServiceProvider services, Ids ids, TimeProvider time)
{
    /// <returns>The open invitation of that address, held until the transaction ends; null when there is none.</returns>
    public async Task<Guid?> FindAsync(string email, CancellationToken ct)
    {
        await using var find = unit.Command("""
            SELECT invitation_id FROM tenancy.invitation
            WHERE email = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2 ORDER BY created_at DESC LIMIT 1 FOR UPDATE
            """);
        return await find.With(email).With(time.GetUtcNow()).ExecuteScalarAsync(ct) as Guid?;
    }

    /// <returns>Null when somebody with that address is here already.</returns>
    public async Task<Caller?> AdmitAsync(Guid id, string passwordHash, CancellationToken ct)
    {
        // Only now: a context is of the transaction that has begun.
        var context = services.GetRequiredService<TenancyDbContext>();
        var invitation = await context.Invitations.SingleAsync(one => one.InvitationId == id, ct);
        if (await context.Users.AnyAsync(user => user.Email == invitation.Email, ct))
            return null;
        var person = new User
        {
            UserId = ids.Next(),
            Email = invitation.Email,
            Name = invitation.Name,
            Role = invitation.Role,
            Language = invitation.Language,
            PasswordHash = passwordHash,
            AddedAt = time.GetUtcNow(),
        };
        person.See(ScopeView.Read(invitation.Scope).ToScope());
        invitation.AcceptedAt = person.AddedAt;
        context.Users.Add(person);
        await context.SaveChangesAsync(ct);
        return new Caller(person.UserId, Guid.Empty, person.Name, person.Email, person.Role, person.Language, person.Scope);
    }
}
