using System.Text.Json.Serialization;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Public("this is how a person becomes known")]
internal sealed record SignIn(string Email, string Password) : IDirect<SignedIn>
{
    /// <summary>Where the request comes from; never read from the body.</summary>
    [JsonIgnore]
    public string Address { get; init; } = "";

    public static async Task<IResult> Endpoint(SignIn body, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var signedIn = await mediator.Send(body with { Address = http.Connection.RemoteIpAddress?.ToString() ?? "" }, ct);
        RefreshCookie.Write(http.Response, signedIn.RefreshToken);
        return TypedResults.Ok(signedIn.View);
    }
}

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator()
    {
        RuleFor(person => person.Email).IsEmail();
        RuleFor(person => person.Password).NotEmpty().MaximumLength(PasswordPolicy.Longest).WithErrorCode("password_long");
    }
}

/// <summary>Two short transactions with the password check between them: no connection waits for a third of a second of arithmetic.</summary>
internal sealed class SignInHandler(
    CurrentTenant tenant, TenantSession unit, SignInBudget budget, PasswordHasher hasher, Sessions sessions, AccessTokens tokens, EpmSettings settings)
    : IRequestHandler<SignIn, SignedIn>
{
    public async Task<SignedIn> Handle(SignIn request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        var email = User.Normal(request.Email);
        var account = await LookUpAsync(email, request.Address, cancellationToken);
        var check = await hasher.CheckAsync(request.Password, account?.Hash, cancellationToken);
        if (check == PasswordCheck.Wrong || account is not { Active: true })
            throw new NotSignedIn("credentials_invalid");
        if (account.Demo && !settings.Development)
            throw new NotSignedIn("demo_closed");
        var raised = check == PasswordCheck.RightButWeak ? await hasher.HashAsync(request.Password, cancellationToken) : null;
        return await OpenAsync(account, raised, email, request.Address, cancellationToken);
    }

    private async Task<Account?> LookUpAsync(string email, string address, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        var wait = await budget.SpendAsync(email, address, ct);
        var account = wait is null ? await ReadAsync(email, ct) : null;
        await unit.CommitAsync(ct);
        return wait is null ? account : throw new TooMany("sign_in_limited", wait.Value);
    }

    private async Task<Account?> ReadAsync(string email, CancellationToken ct)
    {
        await using var find = unit.Command($"""
            SELECT {Callers.Columns}, u.password_hash, u.active, t.demo
            FROM tenancy.app_user u JOIN tenancy.tenant t ON t.tenant_id = u.tenant_id WHERE u.email = $1
            """);
        await using var reader = await find.With(email).ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Account(Callers.Read(reader, Guid.Empty), reader.GetString(10), reader.GetBoolean(11), reader.GetBoolean(12))
            : null;
    }

    private async Task<SignedIn> OpenAsync(Account account, string? raised, string email, string address, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        await budget.GiveBackAsync(email, address, ct);
        if (raised is not null)
        {
            await using var raise = unit.Command("UPDATE tenancy.app_user SET password_hash = $1 WHERE user_id = $2 AND password_hash = $3");
            await raise.With(raised).With(account.Caller.UserId).With(account.Hash).ExecuteNonQueryAsync(ct);
        }
        var opened = await sessions.StartAsync(account.Caller.UserId, ct);
        await unit.CommitAsync(ct);
        var access = await tokens.IssueAsync(tenant.Id, account.Caller.UserId, opened.Session, ct);
        return new SignedIn(new SessionView(access, (int)AccessTokens.Lifetime.TotalSeconds, UserView.Of(account.Caller)), opened.RefreshToken);
    }

    private sealed record Account(Caller Caller, string Hash, bool Active, bool Demo);
}
