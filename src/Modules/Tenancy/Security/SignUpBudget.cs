using EPM.Platform.Http;
using EPM.Platform.Persistence;

namespace EPM.Tenancy.Security;

/// <summary>How many chains one address may try to open in an hour: each costs a password's arithmetic and a name that is gone.</summary>
internal sealed class SignUpBudget(Database database, TimeProvider time)
{
    private const int OfAnAddress = 100;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <exception cref="TooMany">The address has used its hour up.</exception>
    public async Task SpendAsync(string address, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenAsync(ct);
        await WideBudget.TidyAsync(connection, now - Window, ct);
        if (await WideBudget.SpendAsync(connection, transaction: null, "sign-up:" + address, OfAnAddress, Window, now, ct) is { } over)
            throw new TooMany("sign_up_limited", over.Wait);
    }
}
