using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EPM.IdentityProvider;

/// <summary>Makes ID tokens, honest ones and forged ones, without any token library: a library would refuse to.</summary>
internal sealed class Signer
{
    private readonly RSA _first = RSA.Create(2048);
    private readonly ECDsa _second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _stranger = RSA.Create(2048);
    private readonly RSA _small = RSA.Create(1024);

    public string Keys(string which)
    {
        var (rsa, small, ec) = (_first.ExportParameters(false), _small.ExportParameters(false), _second.ExportParameters(false));
        object[] keys = which == "second"
            ? [new { kty = "EC", kid = "second", use = "sig", crv = "P-256", x = Text(ec.Q.X!), y = Text(ec.Q.Y!) }]
            : [new { kty = "RSA", kid = "first", use = "sig", alg = "RS256", n = Text(rsa.Modulus!), e = Text(rsa.Exponent!) },
               new { kty = "RSA", kid = "small", use = "sig", alg = "RS256", n = Text(small.Modulus!), e = Text(small.Exponent!) },
               new { kty = "RSA", kid = "locks", use = "enc", alg = "RS256", n = Text(rsa.Modulus!), e = Text(rsa.Exponent!) }];
        return JsonSerializer.Serialize(new { keys });
    }

    public string Token(string? fault, Dictionary<string, object?> claims)
    {
        var (alg, kid) = fault switch
        {
            "alg-none" => ("none", "first"),
            "alg-hmac" => ("HS256", "first"),
            "alg-mixed" => ("ES256", "first"),
            "alg-rs512" => ("RS512", "first"),
            "rotated" => ("ES256", "second"),
            "small-key" => ("RS256", "small"),
            "encryption-key" => ("RS256", "locks"),
            "unknown-key" => ("RS256", "nowhere"),
            _ => ("RS256", "first"),
        };
        var header = new Dictionary<string, object>(StringComparer.Ordinal) { ["alg"] = alg, ["typ"] = "JWT", ["kid"] = kid };
        if (fault == "no-key-named")
            header.Remove("kid");
        if (fault == "key-in-header")
            header["jwk"] = new { kty = "RSA", n = Text(_stranger.ExportParameters(false).Modulus!), e = "AQAB" };
        var said = Text(JsonSerializer.SerializeToUtf8Bytes(header)) + "." + Text(JsonSerializer.SerializeToUtf8Bytes(claims));
        var bytes = Encoding.ASCII.GetBytes(said);
        var signature = fault switch
        {
            "alg-none" => [],
            // The trap of verifying libraries: the public key taken for a shared secret.
            "alg-hmac" => HMACSHA256.HashData(_first.ExportSubjectPublicKeyInfo(), bytes),
            "alg-rs512" => _first.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "rotated" => _second.SignData(bytes, HashAlgorithmName.SHA256),
            "small-key" => Sign(_small, bytes),
            "other-key" or "key-in-header" => Sign(_stranger, bytes),
            "tampered" => Sign(_first, Encoding.ASCII.GetBytes("something else")),
            _ => Sign(_first, bytes),
        };
        return said + "." + Text(signature);
    }

    private static byte[] Sign(RSA key, byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
