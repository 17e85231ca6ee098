using System.Text.Json.Serialization;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

/// <param name="Code">Of the authenticator app, or a recovery code; asked for only after a right password.</param>
[Public("this is how a person becomes known")]
internal sealed record SignIn(string Email, string Password, string? Code = null) : IDirect<SignedIn>
{
    /// <summary>Where the request comes from; never read from the body.</summary>
    [JsonIgnore]
    public string Address { get; init; } = "";

    /// <summary>What the browser is known by; a cookie, never the body.</summary>
    [JsonIgnore]
    public string? Device { get; init; }

    public static async Task<IResult> Endpoint(SignIn body, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var request = body with { Address = SignInBudget.NameOf(http.Connection.RemoteIpAddress), Device = DeviceCookie.Read(http.Request) };
        var signedIn = await mediator.Send(request, ct);
        RefreshCookie.Write(http.Response, signedIn.RefreshToken);
        DeviceCookie.Write(http.Response, signedIn.Device!);
        return TypedResults.Ok(signedIn.View);
    }
}

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator()
    {
        RuleFor(person => person.Email).IsEmail();
        RuleFor(person => person.Password).NotEmpty().MaximumLength(PasswordPolicy.Longest).WithErrorCode("password_long");
        RuleFor(person => person.Code).MaximumLength(TwoFactor.LongestCode).WithErrorCode("code_long");
    }
}

/// <summary>Short transactions with the password check between them: no connection waits for a third of a second of arithmetic.</summary>
internal sealed class SignInHandler(CurrentTenant tenant, PasswordSignIn passwords, PasswordHasher hasher, Arrivals arrivals) : IRequestHandler<SignIn, SignedIn>
{
    public async Task<SignedIn> Handle(SignIn request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        var email = User.Normal(request.Email);
        var found = await passwords.LookUpAsync(email, request.Address, request.Device, cancellationToken);
        var check = await hasher.CheckAsync(request.Password, found.Account?.Hash, cancellationToken);
        if (passwords.ReasonAgainst(found, check) is { } reason)
        {
            await passwords.RecordRefusalAsync(email, reason, cancellationToken);
            throw new NotSignedIn(reason);
        }
        var raised = check == PasswordCheck.RightButWeak ? await hasher.HashAsync(request.Password, cancellationToken) : null;
        var arrival = await passwords.OpenAsync(found.Attempt, found.Account!, raised, request.Code, request.Device, cancellationToken);
        return await arrivals.TellAsync(arrival, cancellationToken);
    }
}
