using System.Text;
using EPM.Tenancy.Security;

namespace EPM.Modules.Tests.Tenancy.SignIn;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_codes_of_rfc_6238_come_out(long seconds, string code) =>
        Totp.CodeAt(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8).ShouldBe(code);

    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(5, "254676")]
    [InlineData(9, "520489")]
    public void The_codes_of_rfc_4226_come_out(long counter, string code) => Totp.CodeAt(Secret, counter).ShouldBe(code);

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_rfc_4648_less_the_padding(string text, string base32) => Totp.Base32(Encoding.ASCII.GetBytes(text)).ShouldBe(base32);

    [Fact]
    public void A_code_is_good_for_its_own_step_and_one_on_either_side()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var step = Totp.StepAt(now);
        Enumerable.Range(-3, 7).Where(off => Totp.Match(Secret, Totp.CodeAt(Secret, step + off), now, after: 0) == step + off).ShouldBe([-1, 0, 1]);
    }

    [Fact]
    public void A_used_step_opens_nothing_nor_does_one_before_it()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var step = Totp.StepAt(now);
        Totp.Match(Secret, Totp.CodeAt(Secret, step), now, after: step).ShouldBeNull();
        Totp.Match(Secret, Totp.CodeAt(Secret, step - 1), now, after: step).ShouldBeNull();
        Totp.Match(Secret, Totp.CodeAt(Secret, step + 1), now, after: step).ShouldBe(step + 1);
    }

    [Fact]
    public void The_uri_names_chain_and_person_whatever_their_letters() =>
        Totp.Uri(Secret, "Épicerie: Plateau & Cie", "awa+caisse@chaine.sn").ShouldBe(
            "otpauth://totp/EPM%20%C3%89picerie%20%20Plateau%20%26%20Cie:awa%2Bcaisse%40chaine.sn?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            + "&issuer=EPM%20%C3%89picerie%20%20Plateau%20%26%20Cie&algorithm=SHA1&digits=6&period=30");

    [Fact]
    public void Recovery_codes_are_ten_different_ones_and_read_however_they_are_typed()
    {
        var codes = RecoveryCodes.Make();
        codes.Distinct().Count().ShouldBe(10);
        codes[0].ShouldMatch(@"\A[a-z2-7]{6}(-[a-z2-7]{6}){3}\z");
        RecoveryCodes.HashOf($"  {codes[0].ToUpperInvariant().Replace('-', ' ')} ").ShouldBe(RecoveryCodes.HashOf(codes[0]));
        RecoveryCodes.HashOf(codes[0][1..]).ShouldBeNull();
    }
}
