using System.Net.Http.Json;
using EPM.Tenancy.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy.SignIn;

/// <summary>A person's telephone: has the secret, and shows the code of the moment.</summary>
internal sealed class Authenticator(string secret, IReadOnlyList<string> recoveryCodes, TestClock clock)
{
    private const string Path = "/api/v1/me/two-factor";

    public IReadOnlyList<string> RecoveryCodes { get; } = recoveryCodes;

    public string Code => Totp.CodeAt(Bytes(secret), Totp.StepAt(clock.GetUtcNow()));

    /// <summary>Sets the second factor up and confirms it, and lets the confirming code's step go by.</summary>
    public static async Task<Authenticator> SetUpAsync(HttpClient person, TestClock clock)
    {
        using var begun = await person.PostAsJsonAsync(Path, new { password = TestTenant.Password });
        var secret = (await begun.ShouldBeJsonAsync()).GetProperty("secret").GetString()!;
        using var confirmed = await person.PutAsJsonAsync(Path, new { code = new Authenticator(secret, [], clock).Code });
        var codes = (await confirmed.ShouldBeJsonAsync()).GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!).ToArray();
        clock.Advance(TimeSpan.FromSeconds(30));
        return new Authenticator(secret, codes, clock);
    }

    private static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }
}
