using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Redis;

namespace EPM.Platform.Caching;

/// <summary>
/// Answers that hosts share. The name of each begins with its tenant and is made here alone; the value repeats whose it is and what it
/// answers, and one that does not say what was asked for is taken for none.
/// </summary>
public sealed class SharedAnswers(RedisStore store)
{
    private const int Largest = 1 << 20;
    private const int TenantBytes = 16;
    private const int Header = TenantBytes + SHA256.HashSizeInBytes;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(20);

    public bool IsThere => store.State == RedisState.Up;

    public async Task<Answer?> FindAsync(AnswerKey key)
    {
        var print = PrintOf(key);
        var value = await store.GetAsync(NameOf(key, print), CancellationToken.None);
        return value is not null && value.Length >= Header && value.AsSpan(0, TenantBytes).SequenceEqual(key.Tenant.ToByteArray())
            && value.AsSpan(TenantBytes, print.Length).SequenceEqual(print)
            ? new Answer(key.Tenant, value[Header..])
            : null;
    }

    /// <summary>Keeps it beside whoever asked: nobody waits for that.</summary>
    public void Keep(AnswerKey key, Answer answer)
    {
        if (answer.Body.Length > Largest)
            return;
        var print = PrintOf(key);
        byte[] value = [.. answer.Tenant.ToByteArray(), .. print, .. answer.Body];
        _ = store.SetAsync(NameOf(key, print), value, Life, CancellationToken.None).AsTask();
    }

    internal static string NameOf(AnswerKey key, byte[] print) =>
        string.Create(CultureInfo.InvariantCulture, $"t:{key.Tenant}:a:{key.Version}:{Convert.ToHexStringLower(print.AsSpan(0, 16))}");

    /// <summary>Tells two questions apart that differ in anything: tenant, scope, language, version or query.</summary>
    internal static byte[] PrintOf(AnswerKey key) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key.Tenant}\n{key.Version}\n{key.Scope.Length}\n{key.Scope}\n{key.Query}")));
}
