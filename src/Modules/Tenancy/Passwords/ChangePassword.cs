using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Features;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Passwords;

/// <summary>One's own; every other session ends, since the old password may be in somebody else's hands.</summary>
[Needs(Permissions.SignedIn)]
internal sealed record ChangePassword(string Current, string Password) : IDirect<Unit>
{
    [JsonIgnore]
    public Proof? Proof { get; init; }

    public static async Task<IResult> Endpoint(ChangePassword body, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        await mediator.Send(body with { Proof = Proof.From(http, body.Current) }, ct);
        return TypedResults.NoContent();
    }
}

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator(CurrentCaller caller, CurrentTenant tenant)
    {
        RuleFor(change => change.Current).NotEmpty().MaximumLength(PasswordPolicy.Longest).WithErrorCode("password_long");
        RuleFor(change => change.Password).IsNewPassword(_ => [caller.Value.Email, caller.Value.Name, tenant.Info.Name, tenant.Info.Slug]);
    }
}

/// <summary>The new password is hashed before the old one is asked for: no transaction waits for that arithmetic.</summary>
internal sealed class ChangePasswordHandler(CurrentCaller caller, TenantSession unit, PasswordProof proof, PasswordHasher hasher, Sessions sessions, AuditTrail audit)
    : IRequestHandler<ChangePassword, Unit>
{
    public async Task<Unit> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var person = caller.Value;
        var hash = await hasher.HashAsync(request.Password, cancellationToken);
        await proof.AskAsync(person, request.Proof!, async () =>
        {
            await using (var change = unit.Command("UPDATE tenancy.app_user SET password_hash = $1 WHERE user_id = $2"))
                await change.With(hash).With(person.UserId).ExecuteNonQueryAsync(cancellationToken);
            await sessions.EndAllOfAsync(person.UserId, "password-changed", cancellationToken, except: person.SessionId);
            audit.Record("password.changed", "user/" + person.Email);
        }, cancellationToken);
        return Unit.Value;
    }
}
