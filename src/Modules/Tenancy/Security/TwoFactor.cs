using System.Security.Cryptography;
using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

internal sealed record TwoFactorState(bool On, int RecoveryCodesLeft);

/// <summary>A person's second factor, inside the caller's transaction.</summary>
internal sealed class TwoFactor(TenantSession unit, DeploymentSecret deployment, TimeProvider time)
{
    public const int LongestCode = 40;

    public async Task<TwoFactorState> ReadAsync(Guid user, CancellationToken ct)
    {
        await using var read = unit.Command("""
            SELECT (SELECT count(*) FROM tenancy.recovery_code r WHERE r.user_id = f.user_id AND r.used_at IS NULL)::int
            FROM tenancy.two_factor f WHERE f.user_id = $1 AND f.confirmed_at IS NOT NULL
            """);
        return await read.With(user).ExecuteScalarAsync(ct) is int left ? new TwoFactorState(true, left) : new TwoFactorState(false, 0);
    }

    public async Task<bool> IsOnAsync(Guid user, CancellationToken ct) => (await ReadAsync(user, ct)).On;

    /// <summary>Makes a secret that counts for nothing until <see cref="ConfirmAsync"/>; a new one replaces one not confirmed.</summary>
    public async Task<byte[]> BeginAsync(Guid user, CancellationToken ct)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretSize);
        await using var begin = unit.Command("""
            INSERT INTO tenancy.two_factor AS f (tenant_id, user_id, secret, made_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id, user_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at WHERE f.confirmed_at IS NULL
            """);
        var made = await begin.With(unit.TenantId).With(user).With(deployment.Seal(secret, Purpose(user))).With(time.GetUtcNow()).ExecuteNonQueryAsync(ct);
        return made == 1 ? secret : throw new RuleBroken("two_factor_on");
    }

    /// <summary>Turns the second factor on, if the code shows that the app has the secret.</summary>
    /// <returns>The recovery codes, told this once; null when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(Guid user, string code, CancellationToken ct)
    {
        var kept = await LockAsync(user, ct) ?? throw new RuleBroken("two_factor_absent");
        if (kept.Confirmed)
            throw new RuleBroken("two_factor_on");
        if (Match(kept, user, code) is not { } step)
            return null;
        await using (var confirm = unit.Command("UPDATE tenancy.two_factor SET confirmed_at = $1, last_step = $2 WHERE user_id = $3"))
            await confirm.With(time.GetUtcNow()).With(step).With(user).ExecuteNonQueryAsync(ct);
        var codes = RecoveryCodes.Make();
        await using var keep = unit.Command("INSERT INTO tenancy.recovery_code (tenant_id, user_id, code_hash) SELECT $1, $2, unnest($3)");
        await keep.With(unit.TenantId).With(user).With(codes.Select(one => RecoveryCodes.HashOf(one)!).ToArray()).ExecuteNonQueryAsync(ct);
        return codes;
    }

    /// <summary>Uses up a code of the app, or a recovery code.</summary>
    /// <returns>False when it is neither.</returns>
    public async Task<bool> SpendAsync(Guid user, string code, CancellationToken ct)
    {
        if (code.Length > LongestCode || await LockAsync(user, ct) is not { Confirmed: true } kept)
            return false;
        if (Match(kept, user, code) is { } step)
        {
            await using var spend = unit.Command("UPDATE tenancy.two_factor SET last_step = $1 WHERE user_id = $2");
            await spend.With(step).With(user).ExecuteNonQueryAsync(ct);
            return true;
        }
        if (RecoveryCodes.HashOf(code) is not { } hash)
            return false;
        await using var use = unit.Command("UPDATE tenancy.recovery_code SET used_at = $1 WHERE user_id = $2 AND code_hash = $3 AND used_at IS NULL");
        return await use.With(time.GetUtcNow()).With(user).With(hash).ExecuteNonQueryAsync(ct) == 1;
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(Guid user, CancellationToken ct)
    {
        await using var remove = unit.Command("DELETE FROM tenancy.two_factor WHERE user_id = $1");
        return await remove.With(user).ExecuteNonQueryAsync(ct) == 1;
    }

    // A secret sealed under another deployment's secret opens nothing; recovery codes go on working.
    private long? Match(Kept kept, Guid user, string code)
    {
        var typed = string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
        return typed.Length == Totp.Digits && typed.All(char.IsAsciiDigit) && deployment.Unseal(kept.Secret, Purpose(user)) is { } secret
            ? Totp.Match(secret, typed, time.GetUtcNow(), kept.LastStep)
            : null;
    }

    // Locked, so that of two requests with the same code one is right.
    private async Task<Kept?> LockAsync(Guid user, CancellationToken ct)
    {
        await using var find = unit.Command("SELECT secret, confirmed_at IS NOT NULL, last_step FROM tenancy.two_factor WHERE user_id = $1 FOR UPDATE");
        await using var reader = await find.With(user).ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Kept(reader.GetFieldValue<byte[]>(0), reader.GetBoolean(1), reader.GetInt64(2)) : null;
    }

    private string Purpose(Guid user) => $"two-factor {unit.TenantId} {user}";

    private sealed record Kept(byte[] Secret, bool Confirmed, long LastStep);
}
