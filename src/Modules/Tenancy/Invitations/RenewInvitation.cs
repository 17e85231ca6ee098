using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Invitations;

/// <summary>A new link for a new week; the one before opens nothing any more.</summary>
[Needs(Permissions.ManageUsers)]
internal sealed record RenewInvitation(Guid Id, Uri Site) : ICommand<InvitationLinkView>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, HttpRequest request, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new RenewInvitation(id, SiteAddress.Of(request)), ct));
}

internal sealed class RenewInvitationHandler(TenancyDbContext context, InvitationMail mail, CurrentCaller caller, AuditTrail audit, TimeProvider time)
    : IRequestHandler<RenewInvitation, InvitationLinkView>
{
    public async Task<InvitationLinkView> Handle(RenewInvitation request, CancellationToken cancellationToken)
    {
        var invitation = await context.LockInvitationAsync(request.Id, cancellationToken);
        if (!invitation.IsPending)
            throw new Conflict("invitation_closed");
        // Whoever renews answers for it from now on.
        invitation.InvitedBy = caller.Value.UserId;
        var view = await mail.OpenAsync(invitation, request.Site, time.GetUtcNow(), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        audit.Record("invitation.renewed", "user/" + invitation.Email, after: new { view.ExpiresAt, view.Mailed });
        return view;
    }
}
