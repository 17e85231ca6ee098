using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

/// <summary>
/// What that person sees, for a quarter of an hour and without any change. The token names a session of its own, which no cookie
/// continues and which ends with the administrator's own.
/// </summary>
[Needs(Permissions.ManageUsers)]
internal sealed record SeeAs(Guid Id) : ICommand<SessionView>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new SeeAs(id), ct));
}

internal sealed class SeeAsHandler(TenantSession unit, TenancyDbContext context, CurrentCaller caller, Sessions sessions, AccessTokens tokens, AuditTrail audit) : IRequestHandler<SeeAs, SessionView>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public async Task<SessionView> Handle(SeeAs request, CancellationToken cancellationToken)
    {
        var person = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.UserId == request.Id, cancellationToken) ?? throw new NotFound();
        if (!person.Active)
            throw new RuleBroken("user_inactive");
        var session = await sessions.PreviewAsync(person.UserId, caller.Value, Lifetime, cancellationToken);
        audit.Record("preview.started", "user/" + person.Email, after: new { Seen = new { person.Name, person.Email }, SeenBy = new { caller.Value.Name, caller.Value.Email } });
        var access = await tokens.IssueAsync(unit.TenantId, person.UserId, session, cancellationToken, Lifetime);
        return new SessionView(access, (int)Lifetime.TotalSeconds, UserView.Of(person));
    }
}
