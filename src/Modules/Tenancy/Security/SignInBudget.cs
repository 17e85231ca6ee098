using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <summary>
/// How many password checks an account and an address may cost in a quarter of an hour. Spent before the check and given back by a
/// right password, so that guesses in parallel cannot overdraw it.
/// </summary>
internal sealed class SignInBudget(TenantSession unit, TimeProvider time)
{
    private const int ChecksOfAnAccount = 10;

    // A shop's people share an address, so this one only stops guessing across many accounts.
    private const int ChecksOfAnAddress = 100;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <returns>How long to wait, or null when the check may be made.</returns>
    public async Task<TimeSpan?> SpendAsync(string email, string address, CancellationToken ct)
    {
        await using (var tidy = unit.Command("DELETE FROM tenancy.sign_in_budget WHERE opened_at <= $1"))
            await tidy.With(time.GetUtcNow() - Window).ExecuteNonQueryAsync(ct);
        return await SpendAsync(Account(email), ChecksOfAnAccount, ct) ?? await SpendAsync(Address(address), ChecksOfAnAddress, ct);
    }

    public async Task GiveBackAsync(string email, string address, CancellationToken ct)
    {
        await using (var forget = unit.Command("DELETE FROM tenancy.sign_in_budget WHERE subject = $1"))
            await forget.With(Account(email)).ExecuteNonQueryAsync(ct);
        await using var one = unit.Command("UPDATE tenancy.sign_in_budget SET checks = greatest(0, checks - 1) WHERE subject = $1");
        await one.With(Address(address)).ExecuteNonQueryAsync(ct);
    }

    private async Task<TimeSpan?> SpendAsync(string subject, int most, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var spend = unit.Command("""
            INSERT INTO tenancy.sign_in_budget AS b (tenant_id, subject, opened_at, checks) VALUES ($1, $2, $3, 1)
            ON CONFLICT (tenant_id, subject) DO UPDATE SET checks = b.checks + 1 RETURNING opened_at, checks
            """);
        await using var reader = await spend.With(unit.TenantId).With(subject).With(now).ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetInt32(1) <= most ? null : reader.GetFieldValue<DateTimeOffset>(0) + Window - now;
    }

    private static string Account(string email) => "account:" + email;

    private static string Address(string address) => "address:" + address;
}
