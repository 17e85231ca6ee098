using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Features;
using EPM.Tenancy.Passwords;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Invitations;

[Public("the link is the credential, and this is how its holder becomes somebody")]
internal sealed record AcceptInvitation(string Token, string Password) : IDirect<SignedIn>
{
    /// <summary>What the browser is known by; a cookie, never the body.</summary>
    [JsonIgnore]
    public string? Device { get; init; }

    public static async Task<IResult> Endpoint(AcceptInvitation body, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var signedIn = await mediator.Send(body with { Device = DeviceCookie.Read(http.Request) }, ct);
        RefreshCookie.Write(http.Response, signedIn.RefreshToken);
        DeviceCookie.Write(http.Response, signedIn.Device!);
        return TypedResults.Ok(signedIn.View);
    }
}

internal sealed class AcceptInvitationValidator : AbstractValidator<AcceptInvitation>
{
    public AcceptInvitationValidator()
    {
        RuleFor(accepted => accepted.Token).NotEmpty();
        RuleFor(accepted => accepted.Password).IsNewPassword();
    }
}

/// <summary>The link is looked at before the password is hashed, so that nobody without one costs that arithmetic; and used up after it, once.</summary>
internal sealed class AcceptInvitationHandler(
    CurrentTenant tenant, TenantSession unit, InvitedPeople invited, SignInProviders providers, PasswordHasher hasher, Arrivals arrivals, AuditTrail audit, TimeProvider time)
    : IRequestHandler<AcceptInvitation, SignedIn>
{
    public async Task<SignedIn> Handle(AcceptInvitation request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        var hash = LinkToken.HashOf(request.Token) ?? throw new NotFound("invitation_gone");
        await unit.BeginAsync(readOnly: true, cancellationToken);
        var (_, name, email) = await FindAsync("", hash, cancellationToken);
        // They accept by coming through the provider: a password here would be a way around it.
        if (await providers.ArePasswordsOffAsync(cancellationToken))
            throw new RuleBroken("password_sign_in_off");
        await unit.RollbackAsync();
        OwnWords.Refuse(request.Password, email, name, tenant.Info);
        var password = await hasher.HashAsync(request.Password, cancellationToken);

        await unit.BeginAsync(readOnly: false, cancellationToken);
        var (id, _, _) = await FindAsync("FOR UPDATE", hash, cancellationToken);
        var person = await invited.AdmitAsync(id, password, cancellationToken) ?? throw new Conflict("email_taken");
        var arrival = await arrivals.OpenAsync(person, "invitation", request.Device, cancellationToken);
        audit.Record("invitation.accepted", "user/" + person.Email, after: new { person.Name, person.Role, person.Language, Scope = ScopeView.Of(person.Scope) });
        await unit.CommitAsync(cancellationToken);
        return await arrivals.TellAsync(arrival, cancellationToken);
    }

    private async Task<(Guid Id, string Name, string Email)> FindAsync(string locking, byte[] hash, CancellationToken ct)
    {
        await using var find = unit.Command($"""
            SELECT invitation_id, name, email FROM tenancy.invitation WHERE token_hash = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2 {locking}
            """);
        await using var reader = await find.With(hash).With(time.GetUtcNow()).ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), reader.GetString(1), reader.GetString(2)) : throw new NotFound("invitation_gone");
    }
}
