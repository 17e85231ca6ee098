using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Features;
using EPM.Tenancy.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Invitations;

[Needs(Permissions.ManageUsers)]
internal sealed record ListInvitations : IQuery<InvitationsView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ListInvitations(), ct));
}

internal sealed record InvitationsView(IReadOnlyList<InvitationView> Items);

/// <param name="InvitedBy">Name of the administrator.</param>
/// <param name="State">open, accepted, expired or withdrawn.</param>
internal sealed record InvitationView(
    Guid Id, string Name, string Email, string Role, string Language, ScopeView Scope, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string State);

internal sealed class ListInvitationsHandler(TenancyDbContext context, TimeProvider time) : IRequestHandler<ListInvitations, InvitationsView>
{
    private const int Newest = 500;

    public async Task<InvitationsView> Handle(ListInvitations request, CancellationToken cancellationToken)
    {
        var found = await context.Invitations.AsNoTracking().OrderByDescending(one => one.CreatedAt).Take(Newest)
            .Join(context.Users, one => one.InvitedBy, user => user.UserId, (one, user) => new { Invitation = one, user.Name })
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return new InvitationsView([.. found.OrderByDescending(row => row.Invitation.CreatedAt).Select(row => View(row.Invitation, row.Name, now))]);
    }

    private static InvitationView View(Invitation one, string invitedBy, DateTimeOffset now) => new(one.InvitationId, one.Name, one.Email, one.Role, one.Language,
        ScopeView.Read(one.Scope), invitedBy, one.CreatedAt, one.ExpiresAt, one.StateAt(now));
}
