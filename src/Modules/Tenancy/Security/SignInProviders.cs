using System.Text;
using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <param name="ClientSecret">Sealed.</param>
internal sealed record SignInProvider(string Issuer, string ClientId, byte[] ClientSecret, string Label, bool PasswordsAllowed, bool TwoFactorRequired);

/// <summary>The chain's identity provider and who is bound to it, inside the caller's transaction.</summary>
internal sealed class SignInProviders(TenantSession unit, DeploymentSecret deployment, TimeProvider time)
{
    private const string Columns = "issuer, client_id, client_secret, label, passwords_allowed, two_factor_required";

    // Whoever can still get in once passwords are off: by the provider, or by a password with a second factor and no other way (ADR 0013).
    private const string WaysIn = """
        SELECT EXISTS (SELECT FROM tenancy.app_user u WHERE u.active AND u.role = 'admin' AND (
          EXISTS (SELECT FROM tenancy.external_identity i WHERE i.user_id = u.user_id AND i.issuer = $1)
          OR (NOT EXISTS (SELECT FROM tenancy.external_identity i WHERE i.user_id = u.user_id)
              AND EXISTS (SELECT FROM tenancy.two_factor f WHERE f.user_id = u.user_id AND f.confirmed_at IS NOT NULL))))
        """;

    public async Task<SignInProvider?> FindAsync(CancellationToken ct)
    {
        await using var find = unit.Command($"SELECT {Columns} FROM tenancy.sign_in_provider");
        await using var reader = await find.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new SignInProvider(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5))
            : null;
    }

    public async Task<bool> ArePasswordsOffAsync(CancellationToken ct)
    {
        await using var ask = unit.Command("SELECT 1 FROM tenancy.sign_in_provider WHERE NOT passwords_allowed");
        return await ask.ExecuteScalarAsync(ct) is not null;
    }

    public async Task KeepAsync(SignInProvider provider, CancellationToken ct)
    {
        await using var keep = unit.Command($"""
            INSERT INTO tenancy.sign_in_provider (tenant_id, {Columns}, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant_id) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id, client_secret = excluded.client_secret,
              label = excluded.label, passwords_allowed = excluded.passwords_allowed, two_factor_required = excluded.two_factor_required, changed_at = excluded.changed_at
            """);
        await keep.With(unit.TenantId).With(provider.Issuer).With(provider.ClientId).With(provider.ClientSecret).With(provider.Label)
            .With(provider.PasswordsAllowed).With(provider.TwoFactorRequired).With(time.GetUtcNow()).ExecuteNonQueryAsync(ct);
    }

    public async Task RemoveAsync(CancellationToken ct)
    {
        await using var remove = unit.Command("DELETE FROM tenancy.sign_in_provider");
        await remove.ExecuteNonQueryAsync(ct);
    }

    public async Task<bool> AnAdministratorGetsInAsync(string issuer, CancellationToken ct)
    {
        await using var ask = unit.Command(WaysIn);
        return (bool)(await ask.With(issuer).ExecuteScalarAsync(ct))!;
    }

    /// <returns>The person bound to the provider's name for them, whatever their address is by now.</returns>
    public async Task<Guid?> BoundAsync(string issuer, string subject, CancellationToken ct)
    {
        await using var find = unit.Command("SELECT user_id FROM tenancy.external_identity WHERE issuer = $1 AND subject = $2");
        return await find.With(issuer).With(subject).ExecuteScalarAsync(ct) as Guid?;
    }

    /// <returns>False when one of the two is bound to another already.</returns>
    public async Task<bool> BindAsync(string issuer, string subject, Guid user, CancellationToken ct)
    {
        await using var bind = unit.Command("""
            INSERT INTO tenancy.external_identity (tenant_id, issuer, subject, user_id, bound_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
            """);
        return await bind.With(unit.TenantId).With(issuer).With(subject).With(user).With(time.GetUtcNow()).ExecuteNonQueryAsync(ct) == 1;
    }

    /// <returns>False when the state has been here before.</returns>
    public async Task<bool> SpendStateAsync(byte[] state, CancellationToken ct)
    {
        await using (var tidy = unit.Command("DELETE FROM tenancy.spent_state WHERE state_hash IN (SELECT state_hash FROM tenancy.spent_state WHERE spent_at < $1 FOR UPDATE SKIP LOCKED)"))
            await tidy.With(time.GetUtcNow() - OidcAttempt.Lifetime).ExecuteNonQueryAsync(ct);
        await using var spend = unit.Command("INSERT INTO tenancy.spent_state (tenant_id, state_hash, spent_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        return await spend.With(unit.TenantId).With(state).With(time.GetUtcNow()).ExecuteNonQueryAsync(ct) == 1;
    }

    public byte[] Seal(string clientSecret) => deployment.Seal(Encoding.UTF8.GetBytes(clientSecret), Purpose);

    /// <returns>Null when it was sealed under a secret this deployment no longer has.</returns>
    public string? Unseal(SignInProvider provider) => deployment.Unseal(provider.ClientSecret, Purpose) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    private string Purpose => $"provider client secret {unit.TenantId}";
}
