using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.Tenancy.Domain;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy.SignIn;

public sealed class PasswordPolicyTests : FeatureTest
{
    private static readonly string[] Known = ["awa.ndiaye@fleuve.sn", "Awa Ndiaye", "Boutiques du Fleuve", "fleuve"];

    [Theory]
    [InlineData("awa.ndiaye@fleuve.sn")]
    [InlineData("AwaNdiaye2026!")]
    [InlineData("Ñdiàye-awa-99")]
    [InlineData("boutiquesdufleuve")]
    [InlineData("Fleuve.123456")]
    public void What_is_known_of_a_person_and_a_chain_counts_for_nothing(string password) => PasswordPolicy.IsMoreThan(password, Known).ShouldBeFalse();

    [Theory]
    [InlineData("la rive du fleuve est belle")]
    [InlineData("mot long sans rapport")]
    [InlineData("awa mange trois mangues")]
    [InlineData("12345678")]
    public void What_is_left_of_it_has_to_be_long_enough(string password) => PasswordPolicy.IsMoreThan(password, Known).ShouldBeTrue();

    [Theory]
    [InlineData("teranga2026")]
    [InlineData("Dakar2025")]
    [InlineData("fatou12345")]
    [InlineData("azertyuiop")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("aaaaaaaabbbb")]
    public void Common_words_names_years_and_walks_over_the_keyboard_are_refused(string password) => PasswordPolicy.IsUncommon(password).ShouldBeFalse();

    [Fact]
    public void The_list_is_three_thousand_different_words_that_length_alone_would_let_pass()
    {
        using var stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("EPM.Tenancy.Domain.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        var words = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        words.Length.ShouldBe(3_000);
        words.Distinct(StringComparer.Ordinal).Count().ShouldBe(3_000);
        words.ShouldAllBe(word => word.Length >= PasswordPolicy.Shortest);
    }

    [Fact]
    public async Task Somebody_added_does_not_get_their_own_name_as_password_and_gets_one_of_two_hundred_letters()
    {
        var admin = await Tenant.As(Roles.Admin);
        using var own = await admin.PostAsJsonAsync("/api/v1/users", Person("Coumba Sagna", "coumbasagna1"));
        (await own.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("password").ShouldBe("password_own");
        using var chains = await admin.PostAsJsonAsync("/api/v1/users", Person("Coumba Sagna", "chaine-" + Tenant.Slug));
        (await chains.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("password").ShouldBe("password_own");

        var phrase = string.Concat(Enumerable.Repeat("une longue phrase ", 11)) + "é";
        using var added = await admin.PostAsJsonAsync("/api/v1/users", Person("Coumba Sagna", phrase));
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Tenant.SignInBodyAsync("coumba@ailleurs.test", phrase)).ShouldNotBe(default);
        using var client = Tenant.Anonymous();
        using var cut = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "coumba@ailleurs.test", password = phrase[..^1] });
        await cut.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "credentials_invalid");
    }

    private static object Person(string name, string password) =>
        new { name, email = "coumba@ailleurs.test", password, role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = false } };
}
