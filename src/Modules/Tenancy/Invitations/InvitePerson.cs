using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Features;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Invitations;

[Needs(Permissions.ManageUsers)]
internal sealed record InvitePerson(string Name, string Email, string Role, string Language, ScopeView Scope) : ICommand<InvitationLinkView>
{
    [JsonIgnore]
    public Uri? Site { get; init; }

    public static async Task<IResult> Endpoint(InvitePerson body, IMediator mediator, HttpRequest request, CancellationToken ct)
    {
        var invited = await mediator.Send(body with { Site = SiteAddress.Of(request) }, ct);
        return TypedResults.Created($"/api/v1/invitations/{invited.Id}", invited);
    }
}

internal sealed class InvitePersonValidator : AbstractValidator<InvitePerson>
{
    public InvitePersonValidator(IEnumerable<IScopeCodes> codes)
    {
        RuleFor(person => person.Name).IsName();
        RuleFor(person => person.Email).IsEmail();
        RuleFor(person => person.Role).IsRole();
        RuleFor(person => person.Language).IsLanguage();
        RuleFor(person => person.Scope).IsScope(codes);
    }
}

internal sealed class InvitePersonHandler(TenancyDbContext context, InvitationMail mail, CurrentCaller caller, AuditTrail audit, Ids ids, TimeProvider time)
    : IRequestHandler<InvitePerson, InvitationLinkView>
{
    public async Task<InvitationLinkView> Handle(InvitePerson request, CancellationToken cancellationToken)
    {
        var (email, now) = (User.Normal(request.Email), time.GetUtcNow());
        if (await context.Users.AnyAsync(user => user.Email == email, cancellationToken))
            throw new Conflict("email_taken");
        if (await context.Invitations.AnyAsync(one => one.Email == email && one.AcceptedAt == null && one.WithdrawnAt == null, cancellationToken))
            throw new Conflict("invitation_pending");
        var invitation = new Invitation
        {
            InvitationId = ids.Next(),
            Email = email,
            Name = request.Name.Trim(),
            Role = request.Role,
            Language = request.Language,
            Scope = request.Scope.Kept(),
            InvitedBy = caller.Value.UserId,
            CreatedAt = now,
        };
        var view = await mail.OpenAsync(invitation, request.Site!, now, cancellationToken);
        context.Invitations.Add(invitation);
        await context.SaveChangesAsync(cancellationToken);
        audit.Record("invitation.made", "user/" + email, after: new { invitation.Name, invitation.Role, invitation.Language, request.Scope, view.Mailed });
        return view;
    }
}
