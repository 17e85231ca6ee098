using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.SignedIn)]
internal sealed record BeginTwoFactor(string Password) : IDirect<TwoFactorSetUpView>
{
    [JsonIgnore]
    public Proof? Proof { get; init; }

    public static async Task<IResult> Endpoint(BeginTwoFactor body, IMediator mediator, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(body with { Proof = Proof.From(http, body.Password) }, ct));
}

/// <param name="Secret">For typing in where nothing can be scanned.</param>
/// <param name="Qr">An SVG.</param>
internal sealed record TwoFactorSetUpView(string Secret, string Uri, string Qr);

internal sealed class BeginTwoFactorValidator : AbstractValidator<BeginTwoFactor>
{
    public BeginTwoFactorValidator() => RuleFor(proof => proof.Password).NotEmpty().MaximumLength(PasswordPolicy.Longest).WithErrorCode("password_long");
}

internal sealed class BeginTwoFactorHandler(CurrentCaller caller, CurrentTenant tenant, PasswordProof proof, TwoFactor twoFactor, AuditTrail audit)
    : IRequestHandler<BeginTwoFactor, TwoFactorSetUpView>
{
    public async Task<TwoFactorSetUpView> Handle(BeginTwoFactor request, CancellationToken cancellationToken)
    {
        var person = caller.Value;
        byte[] secret = [];
        await proof.AskAsync(person, request.Proof!, async () =>
        {
            secret = await twoFactor.BeginAsync(person.UserId, cancellationToken);
            audit.Record("two-factor.begun", $"user/{person.Email}");
        }, cancellationToken);
        var uri = Totp.Uri(secret, tenant.Info.Name, person.Email);
        return new TwoFactorSetUpView(Totp.Base32(secret), uri, new QrCode(uri).ToSvg());
    }
}
