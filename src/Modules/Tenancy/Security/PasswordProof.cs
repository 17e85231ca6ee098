using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Security;

/// <param name="Code">Of the second factor, where it is asked for too.</param>
/// <param name="Address">Where the request comes from.</param>
/// <param name="Device">What the browser is known by.</param>
internal sealed record Proof(string Password, string? Code, string Address, string? Device)
{
    public static Proof From(HttpContext http, string password, string? code = null) =>
        new(password, code, SignInBudget.NameOf(http.Connection.RemoteIpAddress), DeviceCookie.Read(http.Request));
}

/// <summary>
/// Asks a signed-in person for the password again, before what only they may do. Costs the same budget as a sign-in: a session that
/// somebody left open is no place to guess in.
/// </summary>
internal sealed class PasswordProof(TenantSession unit, SignInBudget budget, KnownDevices devices, PasswordHasher hasher, TwoFactor twoFactor, AuditTrail audit)
{
    /// <summary>Opens and commits its own transactions. What was wrong stays spent; the change is made with the proof, or not at all.</summary>
    /// <exception cref="RuleBroken"><c>password_wrong</c>, <c>code_wrong</c>, or what the change throws.</exception>
    /// <exception cref="TooMany">The budget is used up.</exception>
    public async Task AskAsync(Caller person, Proof proof, Func<Task> change, CancellationToken ct)
    {
        var (attempt, hash) = await LookUpAsync(person, proof, ct);
        var right = await hasher.CheckAsync(proof.Password, hash, ct) != PasswordCheck.Wrong;
        await unit.BeginAsync(readOnly: false, ct);
        var reason = !right ? "password_wrong"
            : proof.Code is not null && !await twoFactor.SpendAsync(person.UserId, proof.Code, ct) ? "code_wrong"
            : null;
        if (reason is null)
        {
            await budget.GiveBackAsync(attempt, ct);
            await change();
        }
        else
        {
            audit.Record("session.refused", $"user/{person.Email}", after: new { reason });
        }
        await unit.CommitAsync(ct);
        if (reason is not null)
            throw reason == "code_wrong" ? new RuleBroken("code_wrong") : new RuleBroken("password_wrong");
    }

    private async Task<(SignInAttempt Attempt, string? Hash)> LookUpAsync(Caller person, Proof proof, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        var attempt = new SignInAttempt(person.Email, proof.Address, await devices.FindAsync(person.Email, proof.Device, ct));
        var over = await budget.SpendAsync(attempt, ct);
        string? hash;
        await using (var find = unit.Command("SELECT password_hash FROM tenancy.app_user WHERE user_id = $1"))
            hash = await find.With(person.UserId).ExecuteScalarAsync(ct) as string;
        await unit.CommitAsync(ct);
        return over is null ? (attempt, hash) : throw new TooMany("sign_in_limited", over.Wait);
    }
}
