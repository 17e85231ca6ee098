using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Features;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Passwords;

/// <summary>Sets the password and signs nobody in: whatever else a sign-in asks for is still asked.</summary>
[Public("the link is the credential of somebody who has lost the other one")]
internal sealed record UsePasswordLink(string Token, string Password) : IDirect<Unit>
{
    public static async Task<IResult> Endpoint(UsePasswordLink body, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(body, ct);
        return TypedResults.NoContent();
    }
}

internal sealed class UsePasswordLinkValidator : AbstractValidator<UsePasswordLink>
{
    public UsePasswordLinkValidator()
    {
        RuleFor(used => used.Token).NotEmpty();
        RuleFor(used => used.Password).IsNewPassword();
    }
}

internal sealed class UsePasswordLinkHandler(CurrentTenant tenant, TenantSession unit, PasswordLinks links, PasswordHasher hasher, Sessions sessions, AuditTrail audit)
    : IRequestHandler<UsePasswordLink, Unit>
{
    public async Task<Unit> Handle(UsePasswordLink request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        await unit.BeginAsync(readOnly: true, cancellationToken);
        var named = await links.FindAsync(request.Token, cancellationToken);
        await unit.RollbackAsync();
        OwnWords.Refuse(request.Password, named.Email, named.Name, tenant.Info);
        var hash = await hasher.HashAsync(request.Password, cancellationToken);

        await unit.BeginAsync(readOnly: false, cancellationToken);
        var person = await links.FindAsync(request.Token, cancellationToken);
        await links.UseUpAsync(request.Token, cancellationToken);
        await using (var set = unit.Command("UPDATE tenancy.app_user SET password_hash = $1 WHERE user_id = $2"))
            await set.With(hash).With(person.UserId).ExecuteNonQueryAsync(cancellationToken);
        await sessions.EndAllOfAsync(person.UserId, "password-changed", cancellationToken);
        audit.By(person.UserId, person.Name, person.Email);
        audit.Record("password-link.used", "user/" + person.Email);
        await unit.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
