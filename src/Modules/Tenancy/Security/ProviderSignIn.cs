using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Features;
using EPM.Tenancy.Invitations;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

internal sealed record UnsealedProvider(SignInProvider Settings, string ClientSecret);

/// <summary>The transactions of a sign-in by the chain's provider.</summary>
internal sealed class ProviderSignIn(TenantSession unit, SignInProviders providers, InvitedPeople invited, PasswordHasher hasher, Arrivals arrivals, AuditTrail audit, EpmSettings settings)
{
    /// <summary>The provider that the attempt was begun with; the attempt's state is spent by asking.</summary>
    /// <exception cref="ProviderFault"><c>state_invalid</c>: not begun by this browser, too long ago, or ended before.</exception>
    public async Task<UnsealedProvider> ProviderAsync(OidcAttempt? attempt, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        var provider = await providers.FindAsync(ct) ?? throw new NotFound("provider_absent");
        if (attempt is null || attempt.Issuer != provider.Issuer || !await providers.SpendStateAsync(attempt.StateHash, ct))
            throw new ProviderFault("state_invalid");
        await unit.CommitAsync(ct);
        return new UnsealedProvider(provider, providers.Unseal(provider) ?? throw new ProviderFault("provider_secret"));
    }

    /// <summary>Lets in whoever the provider names: bound before, or found once by a verified address and bound now. Nobody is made up.</summary>
    public async Task<Arrival> OpenAsync(SignInProvider provider, IdClaims claims, string? device, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        var account = await providers.BoundAsync(provider.Issuer, claims.Subject, ct) is { } bound
            ? await ReadAsync("u.user_id = $1", bound, ct)
            : await BindAsync(provider, claims, ct);
        var reason = account.Account is not { } person ? account.Reason
            : !person.Active ? "deactivated"
            : person.Demo && !settings.Development ? "demo_closed"
            : null;
        if (reason is not null)
        {
            Refused(provider, reason, account.Account?.Person.Email ?? claims.Email);
            await unit.CommitAsync(ct);
            throw new ProviderFault(reason);
        }
        var arrival = await arrivals.OpenAsync(account.Account!.Person, "provider", device, ct);
        await using (var mark = unit.Command("UPDATE tenancy.session SET opened_by = 'provider' WHERE session_id = $1"))
            await mark.With(arrival.Session.Session).ExecuteNonQueryAsync(ct);
        await unit.CommitAsync(ct);
        return arrival;
    }

    public async Task RecordRefusalAsync(SignInProvider provider, string reason, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        Refused(provider, reason, email: null);
        await unit.CommitAsync(ct);
    }

    private async Task<(Account? Account, string? Reason)> BindAsync(SignInProvider provider, IdClaims claims, CancellationToken ct)
    {
        if (claims.Email is null)
            return (null, "email_unverified");
        var email = User.Normal(claims.Email);
        // Somebody invited accepts by coming.
        if (await invited.FindAsync(email, ct) is { } invitation && await invited.AdmitAsync(invitation, hasher.Unusable(), ct) is { } newcomer)
        {
            audit.By(newcomer.UserId, newcomer.Name, newcomer.Email);
            audit.Record("invitation.accepted", "user/" + newcomer.Email, after: new { newcomer.Name, newcomer.Role, newcomer.Language, Scope = ScopeView.Of(newcomer.Scope) });
        }
        var found = await ReadAsync("u.email = $1", email, ct);
        if (found.Account is not { Active: true } person)
            return found;
        if (!await providers.BindAsync(provider.Issuer, claims.Subject, person.Person.UserId, ct))
            return (null, "bound_to_another");
        audit.By(person.Person.UserId, person.Person.Name, person.Person.Email);
        audit.Record("sign-in-provider.bound", $"user/{person.Person.Email}", after: new { provider.Issuer, claims.Subject });
        return found;
    }

    private async Task<(Account? Account, string? Reason)> ReadAsync<T>(string which, T value, CancellationToken ct)
    {
        await using var find = unit.Command($"SELECT {Callers.Columns}, u.active, t.demo FROM tenancy.app_user u JOIN tenancy.tenant t ON t.tenant_id = u.tenant_id WHERE {which}");
        await using var reader = await find.With(value).ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return (null, "not_invited");
        return (new Account(Callers.Read(reader, Guid.Empty), "", reader.GetBoolean(reader.GetOrdinal("active")), reader.GetBoolean(reader.GetOrdinal("demo")), SecondFactor: false), null);
    }

    private void Refused(SignInProvider provider, string reason, string? email) =>
        audit.Record("session.refused", email is null ? null : $"user/{User.Normal(email)}", after: new { reason, provider.Issuer });
}
