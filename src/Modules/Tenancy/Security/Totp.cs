using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EPM.Tenancy.Security;

/// <summary>
/// Time-based one-time passwords (RFC 6238): HMAC-SHA1, steps of 30 seconds, six digits, which is what every authenticator app
/// takes when it is told nothing else.
/// </summary>
internal static class Totp
{
    public const int Digits = 6;
    public const int SecretSize = 20;

    private const int StepSeconds = 30;

    // A telephone's clock may be half a minute off either way.
    private const int StepsOff = 1;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(byte[] secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The RFC's default, and the only one that all apps know; HMAC does not need collision resistance.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 15)..]) & int.MaxValue;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <param name="after">The newest step already used: it and all before it open nothing.</param>
    /// <returns>The step whose code it is, or null.</returns>
    public static long? Match(byte[] secret, string code, DateTimeOffset now, long after)
    {
        long? match = null;
        for (var step = StepAt(now) - StepsOff; step <= StepAt(now) + StepsOff; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), Encoding.ASCII.GetBytes(code));
            if (right && step > after)
                match ??= step;
        }
        return match;
    }

    /// <summary>RFC 4648 base32 without padding, as apps take a secret that is typed in.</summary>
    public static string Base32(byte[] bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (window, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (window, bits) = (((window << 8) | one) & 0xFFF, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(window >> (bits - 5)) & 31]);
        }
        if (bits > 0)
            text.Append(Alphabet[(window << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What the QR code says (Key URI format).</summary>
    public static string Uri(byte[] secret, string chain, string email)
    {
        // A colon would end the issuer's name.
        var issuer = System.Uri.EscapeDataString($"EPM {chain.Replace(':', ' ')}");
        return $"otpauth://totp/{issuer}:{System.Uri.EscapeDataString(email)}?secret={Base32(secret)}&issuer={issuer}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
    }
}
