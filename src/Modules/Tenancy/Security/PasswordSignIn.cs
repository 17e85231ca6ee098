using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Telemetry;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <summary>An account as a sign-in needs it.</summary>
internal sealed record Account(Caller Person, string Hash, bool Active, bool Demo, bool SecondFactor, bool Bound = false)
{
    /// <summary>For the day the provider is down: an administrator who has never come by it, and shows two factors (ADR 0013).</summary>
    public bool BreaksGlass => Person.Role == Roles.Admin && SecondFactor && !Bound;
}

/// <param name="Account">Null when there is none: whoever asks does the same work for it.</param>
internal sealed record LookUp(SignInAttempt Attempt, Account? Account, bool PasswordsOff);

/// <summary>The transactions of a sign-in by password. What is refused leaves an entry in a transaction of its own, for the request fails.</summary>
internal sealed class PasswordSignIn(
    TenantSession unit, SignInBudget budget, KnownDevices devices, TwoFactor twoFactor, SignInProviders providers, Arrivals arrivals, AuditTrail audit, EpmSettings settings)
{
    /// <exception cref="TooMany">The account, the address or everybody together has used the window up.</exception>
    public async Task<LookUp> LookUpAsync(string email, string address, string? device, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        var attempt = new SignInAttempt(email, address, await devices.FindAsync(email, device, ct));
        var over = await budget.SpendAsync(attempt, ct);
        var account = over is null ? await ReadAsync(email, ct) : null;
        var off = await providers.ArePasswordsOffAsync(ct);
        // Once a window: whoever hammers does not write the trail full.
        if (over is { First: true })
            Refused(email, "sign_in_limited");
        await unit.CommitAsync(ct);
        return over is null ? new LookUp(attempt, account, off) : throw new TooMany("sign_in_limited", over.Wait);
    }

    /// <returns>Null when the password opens the account.</returns>
    public string? ReasonAgainst(LookUp found, PasswordCheck check)
    {
        var account = found.Account;
        // Said to everybody alike, whatever the password: where it opens nothing, it must not be found out either.
        if (found.PasswordsOff && (check == PasswordCheck.Wrong || account is not { Active: true, BreaksGlass: true }))
            return "password_sign_in_off";
        if (check == PasswordCheck.Wrong || account is not { Active: true })
            return "credentials_invalid";
        return account.Demo && !settings.Development ? "demo_closed" : null;
    }

    public async Task RecordRefusalAsync(string email, string reason, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        Refused(email, reason);
        await unit.CommitAsync(ct);
    }

    /// <param name="raised">The password hashed with more work, if it had less than is asked.</param>
    /// <exception cref="NotSignedIn">The password was right, and the code is not.</exception>
    public async Task<Arrival> OpenAsync(SignInAttempt attempt, Account account, string? raised, string? code, string? device, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        if (account.SecondFactor && string.IsNullOrWhiteSpace(code))
        {
            // Half of a sign-in is no wrong one.
            await budget.GiveBackAsync(attempt, ct);
            await unit.CommitAsync(ct);
            throw new NotSignedIn("second_factor_needed");
        }
        if (account.SecondFactor && !await twoFactor.SpendAsync(account.Person.UserId, code!, ct))
        {
            Refused(attempt.Email, "second_factor_wrong");
            await unit.CommitAsync(ct);
            throw new NotSignedIn("second_factor_wrong");
        }
        await budget.GiveBackAsync(attempt, ct);
        if (raised is not null)
        {
            await using var raise = unit.Command("UPDATE tenancy.app_user SET password_hash = $1 WHERE user_id = $2 AND password_hash = $3");
            await raise.With(raised).With(account.Person.UserId).With(account.Hash).ExecuteNonQueryAsync(ct);
        }
        var arrival = await arrivals.OpenAsync(account.Person, account.SecondFactor ? "two-factor" : "password", device, ct);
        await unit.CommitAsync(ct);
        return arrival;
    }

    // The address as it was typed, whether or not anybody has it: who guesses at whom is what the trail is read for.
    private void Refused(string email, string reason)
    {
        EpmMeters.SignIns.Add(1, EpmMeters.Tag("outcome", "refused"));
        audit.Record("session.refused", $"user/{email}", after: new { reason });
    }

    private async Task<Account?> ReadAsync(string email, CancellationToken ct)
    {
        await using var find = unit.Command($"""
            SELECT {Callers.Columns}, u.password_hash, u.active, t.demo, f.confirmed_at IS NOT NULL AS second_factor,
              EXISTS (SELECT FROM tenancy.external_identity i WHERE i.user_id = u.user_id) AS bound
            FROM tenancy.app_user u JOIN tenancy.tenant t ON t.tenant_id = u.tenant_id
            LEFT JOIN tenancy.two_factor f ON f.tenant_id = u.tenant_id AND f.user_id = u.user_id
            WHERE u.email = $1
            """);
        await using var reader = await find.With(email).ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        bool Is(string column) => reader.GetBoolean(reader.GetOrdinal(column));
        return new Account(Callers.Read(reader, Guid.Empty), reader.GetString(reader.GetOrdinal("password_hash")), Is("active"), Is("demo"), Is("second_factor"), Is("bound"));
    }
}
