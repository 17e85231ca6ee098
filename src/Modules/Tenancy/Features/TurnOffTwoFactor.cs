using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace EPM.Tenancy.Features;

[Needs(Permissions.SignedIn)]
internal sealed record TurnOffTwoFactor(string Password, string Code) : IDirect<Unit>
{
    [JsonIgnore]
    public Proof? Proof { get; init; }

    public static async Task<IResult> Endpoint([FromBody] TurnOffTwoFactor body, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        await mediator.Send(body with { Proof = Proof.From(http, body.Password, body.Code) }, ct);
        return TypedResults.NoContent();
    }
}

internal sealed class TurnOffTwoFactorValidator : AbstractValidator<TurnOffTwoFactor>
{
    public TurnOffTwoFactorValidator()
    {
        RuleFor(proof => proof.Password).NotEmpty().MaximumLength(PasswordPolicy.Longest).WithErrorCode("password_long");
        RuleFor(proof => proof.Code).NotEmpty().MaximumLength(TwoFactor.LongestCode).WithErrorCode("code_long");
    }
}

internal sealed class TurnOffTwoFactorHandler(CurrentCaller caller, TenantSession unit, PasswordProof proof, TwoFactor twoFactor, Callers callers, AuditTrail audit)
    : IRequestHandler<TurnOffTwoFactor, Unit>
{
    public async Task<Unit> Handle(TurnOffTwoFactor request, CancellationToken cancellationToken)
    {
        var person = caller.Value;
        await proof.AskAsync(person, request.Proof!, async () =>
        {
            if (!await twoFactor.RemoveAsync(person.UserId, cancellationToken))
                throw new RuleBroken("two_factor_absent");
            audit.Record("two-factor.turned-off", $"user/{person.Email}");
            var tenant = unit.TenantId;
            unit.AfterCommit(() => callers.ForgetUser(tenant, person.UserId));
        }, cancellationToken);
        return Unit.Value;
    }
}
