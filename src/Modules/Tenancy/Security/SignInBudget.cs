using System.Net;
using System.Net.Sockets;
using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <summary>Who wants a password checked. A browser that the account was opened from before spends from a budget of its own.</summary>
/// <param name="Device">Hash of the device's token, when the account knows it.</param>
internal sealed record SignInAttempt(string Email, string Address, byte[]? Device);

/// <param name="First">The first check refused in its window: worth telling once.</param>
internal sealed record OverBudget(TimeSpan Wait, bool First);

/// <summary>
/// How many checks of passwords and codes an account, an address and everybody together may cost in a quarter of an hour. Spent before
/// the check and given back by a right one, so that guesses in parallel cannot overdraw it. Strangers who use up an account's budget
/// do not lock its owner out: a known device draws on none of the three.
/// </summary>
internal sealed class SignInBudget(TenantSession unit, TimeProvider time)
{
    private const int ChecksOfAnAccount = 10;
    private const int ChecksOfADevice = 10;

    // A shop's people share an address, so this one only stops guessing across many accounts.
    private const int ChecksOfAnAddress = 100;

    // About what two cores can check in the window: from there on guessing would cost everybody their sign-in anyway.
    private const int ChecksOfEverybody = 5_000;

    private const string Own = "tenancy.sign_in_budget";
    private const string Everybody = "sign-in";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <returns>Null when the check may be made.</returns>
    public async Task<OverBudget?> SpendAsync(SignInAttempt attempt, CancellationToken ct)
    {
        // Skipping what another request holds: two that tidy must not wait for one another.
        await using (var tidy = unit.Command($"DELETE FROM {Own} WHERE subject IN (SELECT subject FROM {Own} WHERE opened_at <= $1 FOR UPDATE SKIP LOCKED)"))
            await tidy.With(time.GetUtcNow() - Window).ExecuteNonQueryAsync(ct);
        if (attempt.Device is not null)
            return await SpendAsync(Device(attempt), ChecksOfADevice, ct);
        return await SpendAsync(Account(attempt), ChecksOfAnAccount, ct)
            ?? await SpendAsync(Address(attempt), ChecksOfAnAddress, ct)
            ?? await WideBudget.SpendAsync(unit.Connection, unit.Transaction, Everybody, ChecksOfEverybody, Window, time.GetUtcNow(), ct);
    }

    /// <summary>Whoever was right costs nothing; what others got wrong stays spent.</summary>
    public async Task GiveBackAsync(SignInAttempt attempt, CancellationToken ct)
    {
        foreach (var subject in attempt.Device is not null ? [Device(attempt)] : new[] { Account(attempt), Address(attempt) })
        {
            await using var one = unit.Command($"UPDATE {Own} SET checks = greatest(0, checks - 1) WHERE subject = $1");
            await one.With(subject).ExecuteNonQueryAsync(ct);
        }
        if (attempt.Device is null)
            await WideBudget.GiveBackAsync(unit.Connection, unit.Transaction, Everybody, ct);
    }

    /// <summary>One name for all addresses that one subscriber has: an IPv6 line has 2^64 of them.</summary>
    public static string NameOf(IPAddress? address)
    {
        if (address is null || (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is not { AddressFamily: AddressFamily.InterNetworkV6 } six)
            return (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString() ?? "";
        return Convert.ToHexStringLower(six.GetAddressBytes().AsSpan(0, 8)) + "/64";
    }

    private async Task<OverBudget?> SpendAsync(string subject, int most, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var spend = unit.Command($"""
            INSERT INTO {Own} AS b (tenant_id, subject, opened_at, checks) VALUES ($1, $2, $3, 1)
            ON CONFLICT (tenant_id, subject) DO UPDATE SET checks = CASE WHEN b.opened_at <= $4 THEN 1 ELSE b.checks + 1 END,
              opened_at = CASE WHEN b.opened_at <= $4 THEN $3 ELSE b.opened_at END
            RETURNING opened_at, checks
            """);
        await using var reader = await spend.With(unit.TenantId).With(subject).With(now).With(now - Window).ExecuteReaderAsync(ct);
        return await WideBudget.OverAsync(reader, most, Window, now, ct);
    }

    private static string Account(SignInAttempt attempt) => "account:" + attempt.Email;

    private static string Address(SignInAttempt attempt) => "address:" + attempt.Address;

    private static string Device(SignInAttempt attempt) => "device:" + Convert.ToHexStringLower(attempt.Device!);
}
