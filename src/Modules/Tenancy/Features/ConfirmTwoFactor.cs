using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.SignedIn)]
internal sealed record ConfirmTwoFactor(string Code) : ICommand<RecoveryCodesView>
{
    public static async Task<IResult> Endpoint(ConfirmTwoFactor body, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(body, ct));
}

/// <param name="RecoveryCodes">Told this once.</param>
internal sealed record RecoveryCodesView(IReadOnlyList<string> RecoveryCodes);

internal sealed class ConfirmTwoFactorValidator : AbstractValidator<ConfirmTwoFactor>
{
    public ConfirmTwoFactorValidator() => RuleFor(proof => proof.Code).NotEmpty().MaximumLength(TwoFactor.LongestCode).WithErrorCode("code_long");
}

internal sealed class ConfirmTwoFactorHandler(CurrentCaller caller, TenantSession unit, TwoFactor twoFactor, Callers callers, AuditTrail audit)
    : IRequestHandler<ConfirmTwoFactor, RecoveryCodesView>
{
    public async Task<RecoveryCodesView> Handle(ConfirmTwoFactor request, CancellationToken cancellationToken)
    {
        var person = caller.Value;
        // Whoever tries here was just shown the secret: there is nothing to guess, and nothing to spend.
        var codes = await twoFactor.ConfirmAsync(person.UserId, request.Code, cancellationToken) ?? throw new RuleBroken("code_wrong");
        audit.Record("two-factor.turned-on", $"user/{person.Email}");
        var tenant = unit.TenantId;
        unit.AfterCommit(() => callers.ForgetUser(tenant, person.UserId));
        return new RecoveryCodesView(codes);
    }
}
