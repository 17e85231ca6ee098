using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Invitations;

[Needs(Permissions.ManageUsers)]
internal sealed record WithdrawInvitation(Guid Id) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new WithdrawInvitation(id), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class WithdrawInvitationHandler(TenancyDbContext context, AuditTrail audit, TimeProvider time) : IRequestHandler<WithdrawInvitation, Unit>
{
    public async Task<Unit> Handle(WithdrawInvitation request, CancellationToken cancellationToken)
    {
        var invitation = await context.LockInvitationAsync(request.Id, cancellationToken);
        if (!invitation.IsPending)
            throw new Conflict("invitation_closed");
        invitation.WithdrawnAt = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        audit.Record("invitation.withdrawn", "user/" + invitation.Email);
        return Unit.Value;
    }
}
