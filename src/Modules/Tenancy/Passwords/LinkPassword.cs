using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Mail;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Passwords;

/// <summary>A way to a new password for somebody who has lost theirs. It takes away nothing until it is used.</summary>
[Needs(Permissions.ManageUsers)]
internal sealed record LinkPassword(Guid Id, Uri Site) : ICommand<PasswordLinkView>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, HttpRequest request, CancellationToken ct) =>
        TypedResults.Created((string?)null, await mediator.Send(new LinkPassword(id, SiteAddress.Of(request)), ct));
}

/// <param name="Link">Shown this once, to hand over when mail is off or lost.</param>
internal sealed record PasswordLinkView(Uri Link, DateTimeOffset ExpiresAt, bool Mailed);

internal sealed class LinkPasswordHandler(
    TenantSession unit, TenancyDbContext context, MailQueue mail, CurrentTenant tenant, CurrentCaller caller, AuditTrail audit, TimeProvider time) : IRequestHandler<LinkPassword, PasswordLinkView>
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromHours(24);

    public async Task<PasswordLinkView> Handle(LinkPassword request, CancellationToken cancellationToken)
    {
        var person = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.UserId == request.Id, cancellationToken) ?? throw new NotFound();
        if (!person.Active)
            throw new RuleBroken("user_inactive");
        var (token, now) = (LinkToken.Make(), time.GetUtcNow());
        var expires = now + OpenFor;
        await using (var keep = unit.Command("""
            INSERT INTO tenancy.password_link (tenant_id, user_id, token_hash, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (tenant_id, user_id) DO UPDATE SET token_hash = $3, made_by = $4, made_at = $5, expires_at = $6
            """))
        {
            await keep.With(unit.TenantId).With(person.UserId).With(token.Hash).With(caller.Value.UserId).With(now).With(expires).ExecuteNonQueryAsync(cancellationToken);
        }
        var link = SiteAddress.LinkTo(request.Site, "password", token.Text);
        var mailed = await mail.SendAsync("password", person.Email, person.Language, Values(person, link), expires, cancellationToken);
        audit.Record("password-link.made", "user/" + person.Email, after: new { ExpiresAt = expires, Mailed = mailed });
        return new PasswordLinkView(link, expires, mailed);
    }

    private Dictionary<string, object> Values(User person, Uri link) => new(StringComparer.Ordinal)
    {
        ["name"] = person.Name,
        ["inviter"] = caller.Value.Name,
        ["chain"] = tenant.Info.Name,
        ["hours"] = OpenFor.TotalHours,
        ["link"] = link,
    };
}
