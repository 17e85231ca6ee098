using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EPM.Platform.Modules;
using EPM.Platform.Security;
using EPM.Tenancy.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Tenancy;

public sealed class AccessTokenTests : FeatureTest
{
    public static TheoryData<string> Forgeries => new(Forged.Keys);

    // Each takes the header, the claims and what signs with our own key: whatever is refused here is not refused for its signature alone.
    private static readonly Dictionary<string, Func<Parts, string>> Forged = new(StringComparer.Ordinal)
    {
        ["no signature"] = parts => parts.Join(""),
        ["algorithm none"] = parts => parts.With(header => header["alg"] = "none").Join(""),
        ["algorithm None, signed"] = parts => parts.With(header => header["alg"] = "None").Signed(),
        ["algorithm HS256 keyed with the public key"] = parts => parts.With(header => header["alg"] = "HS256").Hashed(),
        ["algorithm ES384 named, ES256 used"] = parts => parts.With(header => header["alg"] = "ES384").Signed(),
        ["signed by a stranger's key"] = parts => parts.SignedByAnother(),
        ["key named by traversal"] = parts => parts.With(header => header["kid"] = "../../../../dev/null").Signed(),
        ["key named by SQL"] = parts => parts.With(header => header["kid"] = "' OR 1=1 --").Signed(),
        ["no key named"] = parts => parts.With(header => header.Remove("kid")).Signed(),
        ["key address given"] = parts => parts.With(header => header["jku"] = "https://evil.example/keys").Signed(),
        ["certificate address given"] = parts => parts.With(header => header["x5u"] = "https://evil.example/cert").Signed(),
        ["key given"] = parts => parts.With(header => header["jwk"] = new JsonObject { ["kty"] = "EC" }).Signed(),
        ["critical extension"] = parts => parts.With(header => header["crit"] = new JsonArray("exp")).Signed(),
        ["plain JWT"] = parts => parts.With(header => header["typ"] = "JWT").Signed(),
        ["no kind"] = parts => parts.With(header => header.Remove("typ")).Signed(),
        ["another issuer"] = parts => parts.Claim("iss", "https://evil.example").Signed(),
        ["another audience"] = parts => parts.Claim("aud", "another-api").Signed(),
        ["no audience"] = parts => parts.Claim("aud", null).Signed(),
        ["no end"] = parts => parts.Claim("exp", null).Signed(),
        ["ended two minutes ago"] = parts => parts.Claim("exp", parts.Now - 120).Signed(),
        ["begins in two minutes"] = parts => parts.Claim("nbf", parts.Now + 120).Signed(),
        ["another chain's"] = parts => parts.Claim("tid", "00000000-0000-7000-8000-000000000001").Signed(),
        ["no chain's"] = parts => parts.Claim("tid", null).Signed(),
        ["another person's"] = parts => parts.Claim("sub", "00000000-0000-7000-8000-000000000001").Signed(),
        ["of no session"] = parts => parts.Claim("sid", "00000000-0000-7000-8000-000000000001").Signed(),
        ["without session"] = parts => parts.Claim("sid", null).Signed(),
        ["claims changed after signing"] = parts => $"{parts.Signed().Split('.')[0]}.{parts.Claim("iat", 1).Encoded}.{parts.Signed().Split('.')[2]}",
        ["signature spelled another way"] = parts => parts.Signed()[..^1] + Sibling(parts.Signed()[^1]),
        ["padded"] = parts => parts.Signed() + "==",
        ["two parts"] = parts => parts.Join("").TrimEnd('.'),
        ["five parts"] = parts => parts.Signed() + ".a.b",
        ["a megabyte"] = parts => parts.Claim("pad", new string('a', 1 << 20)).Signed(),
        ["nothing at all"] = _ => "",
        ["dots"] = _ => "..",
        ["not a token"] = _ => "é'\"<script>",
    };

    [Fact]
    public async Task The_forger_of_these_tests_makes_a_good_token_when_it_changes_nothing() =>
        (await AnswerAsync((await PartsAsync()).Signed())).ShouldBe(HttpStatusCode.OK);

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_token_is_nobodys(string forgery) =>
        (await AnswerAsync(Forged[forgery](await PartsAsync()))).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_opens_its_own_chains_address_only()
    {
        var token = (await Tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Admin))).GetProperty("accessToken").GetString();
        var other = await Host.NewTenantAsync();
        foreach (var address in new[] { other.Slug, null })
        {
            using var elsewhere = Host.Client(address, token);
            foreach (var path in new[] { "/api/v1/me", "/api/v1/users" })
            {
                using var response = await elsewhere.GetAsync(path);
                await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not_signed_in");
            }
            elsewhere.DefaultRequestHeaders.Add("X-Forwarded-Host", $"{Tenant.Slug}.localhost");
            (await elsewhere.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_remembered_token_dies_with_its_time()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        var client = await tenant.As(Roles.Analyst);
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(AccessTokens.Lifetime - TimeSpan.FromSeconds(1));
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(61));
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task After_a_key_rotation_old_tokens_go_on_and_new_ones_are_signed_by_the_new_key()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        await using var second = await EpmHost.StartAsync(clock, connection: host.Connection);
        var tenant = await host.NewTenantAsync();
        var before = Token(await tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Admin)));
        (await AnswerAsync(second, tenant.Slug, before)).ShouldBe(HttpStatusCode.OK);

        await using (var scope = host.Services.CreateAsyncScope())
            (await scope.ServiceProvider.GetServices<ICommandLineVerb>().Single(verb => verb.Verb == "rotate-keys").RunAsync([], default)).ShouldBe(0);
        var after = Token(await tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Admin)));
        KidOf(after).ShouldNotBe(KidOf(before));
        clock.Advance(TimeSpan.FromSeconds(3));
        foreach (var (place, token) in new[] { (host, before), (host, after), (second, before), (second, after) })
            (await AnswerAsync(place, tenant.Slug, token)).ShouldBe(HttpStatusCode.OK);

        clock.Advance(SigningKeys.Overlap);
        var keys = host.Services.GetRequiredService<SigningKeys>();
        keys.Find(KidOf(before)).ShouldBeNull("nothing it signed is alive");
        keys.Find(KidOf(after)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_private_half_of_a_key_is_sealed_at_rest_and_useless_under_another_secret()
    {
        var key = await Host.Services.GetRequiredService<SigningKeys>().CurrentAsync(default);
        await using var app = await Host.AsAppAsync(null);
        var stored = await app.ScalarAsync<byte[]>("SELECT private_key FROM tenancy.signing_key WHERE kid = $1", key.Kid);
        Convert.ToHexString(stored).ShouldNotContain(Convert.ToHexString(key.Private![^32..]));
        var settings = Host.Services.GetRequiredService<EpmSettings>();
        new DeploymentSecret(new DeploymentKeys(settings)).Unseal(stored).ShouldBe(key.Private);
        new DeploymentSecret(new DeploymentKeys(settings with { Secret = "another secret of thirty-two characters" })).Unseal(stored).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => new DeploymentSecret(new DeploymentKeys(settings with { Secret = "short" })).Seal([1]));
    }

    private async Task<HttpStatusCode> AnswerAsync(string token) => await AnswerAsync(Host, Tenant.Slug, token);

    private static async Task<HttpStatusCode> AnswerAsync(EpmHost host, string slug, string token)
    {
        using var client = host.Client(slug);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await client.GetAsync("/api/v1/me");
        return response.StatusCode;
    }

    private async Task<Parts> PartsAsync()
    {
        var token = Token(await Tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Admin)));
        return new Parts(Json(token.Split('.')[0]), Json(token.Split('.')[1]), await Host.Services.GetRequiredService<SigningKeys>().CurrentAsync(default));
    }

    private static string Token(JsonElement body) => body.GetProperty("accessToken").GetString()!;

    private static string KidOf(string token) => (string)Json(token.Split('.')[0])["kid"]!;

    private static JsonObject Json(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    // The last character of a signature carries four bits that mean nothing.
    private static char Sibling(char last) => last switch { 'A' => 'B', 'Q' => 'R', 'g' => 'h', _ => 'x' };

    private sealed record Parts(JsonObject Header, JsonObject Claims, SigningKey Key)
    {
        public string Encoded => Encode(Claims);

        public long Now => (long)Claims["iat"]!;

        public Parts With(Action<JsonObject> change)
        {
            var header = Header.DeepClone().AsObject();
            change(header);
            return this with { Header = header };
        }

        public Parts Claim(string name, JsonNode? value)
        {
            var claims = Claims.DeepClone().AsObject();
            claims.Remove(name);
            if (value is not null)
                claims[name] = value;
            return this with { Claims = claims };
        }

        public string Join(string signature) => $"{Encode(Header)}.{Encoded}.{signature}";

        public string Signed()
        {
            using var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(Key.Private, out _);
            return Signed(pair);
        }

        public string SignedByAnother()
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Signed(pair);
        }

        public string Hashed() => Join(Base64Url.EncodeToString(HMACSHA256.HashData(Key.Public, Bytes())));

        private string Signed(ECDsa pair) => Join(Base64Url.EncodeToString(pair.SignData(Bytes(), HashAlgorithmName.SHA256)));

        private byte[] Bytes() => Encoding.ASCII.GetBytes($"{Encode(Header)}.{Encoded}");

        private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
