using System.Net;
using System.Net.Http.Json;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class SignUpTests : FeatureTest
{
    private const string Path = "/api/v1/tenants";

    [Fact]
    public async Task A_chain_signs_up_on_the_apex_and_its_first_administrator_signs_in_at_once()
    {
        using var apex = Host.Client(null);
        using var tooEarly = await Host.Client("boutiques-du-fleuve").GetAsync("/api/v1/site");
        await tooEarly.ShouldBeProblemAsync(HttpStatusCode.NotFound, "tenant_unknown");

        using var response = await apex.PostAsJsonAsync(Path, Chain("boutiques-du-fleuve"));
        var opened = await response.ShouldBeJsonAsync(HttpStatusCode.Created);
        opened.GetProperty("url").GetString().ShouldBe("https://boutiques-du-fleuve.localhost/");

        using var client = Host.Client("boutiques-du-fleuve");
        (await client.GetJsonAsync("/api/v1/site")).GetProperty("name").GetString().ShouldBe("Boutiques du Fleuve");
        using var signedIn = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "DG@fleuve.sn", password = "la rive est belle" });
        var user = (await signedIn.ShouldBeJsonAsync()).GetProperty("user");
        user.GetProperty("role").GetString().ShouldBe("admin");
        user.GetProperty("email").GetString().ShouldBe("dg@fleuve.sn");
    }

    [Fact]
    public async Task A_subdomain_is_given_once()
    {
        using var apex = Host.Client(null);
        using var taken = await apex.PostAsJsonAsync(Path, Chain(Tenant.Slug));
        await taken.ShouldBeProblemAsync(HttpStatusCode.Conflict, "slug_taken");
    }

    [Fact]
    public async Task Sign_up_exists_on_the_apex_only()
    {
        using var client = Tenant.Anonymous();
        using var response = await client.PostAsJsonAsync(Path, Chain("nulle-part"));
        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "wrong_host");
    }

    [Theory]
    [InlineData("/api/v1/auth/sign-in")]
    [InlineData("/api/v1/auth/refresh")]
    [InlineData("/api/v1/auth/sign-out")]
    public async Task Sessions_exist_on_tenants_only(string path)
    {
        using var apex = Host.Client(null);
        using var response = await apex.PostAsJsonAsync(path, new { email = "a@b.sn", password = "la rive est belle" });
        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "wrong_host");
    }

    [Theory]
    [InlineData("ab", "slug_label")]
    [InlineData("-abc", "slug_label")]
    [InlineData("abc-", "slug_label")]
    [InlineData("9abc", "slug_label")]
    [InlineData("Abc", "slug_label")]
    [InlineData("a.b.c", "slug_label")]
    [InlineData("épicerie", "slug_label")]
    [InlineData("abc\n", "slug_label")]
    [InlineData("api", "slug_reserved")]
    [InlineData("demo", "slug_reserved")]
    [InlineData("xn--pice-9na", "slug_reserved")]
    [InlineData("", "NotEmptyValidator")]
    public async Task A_subdomain_is_one_free_label(string slug, string code) =>
        (await RefusedAsync(Chain(slug))).CodeOf("slug").ShouldBe(code);

    [Theory]
    [InlineData("sept777", "password_short")]
    [InlineData("password123", "password_common")]
    [InlineData("AZERTY123", "password_common")]
    [InlineData("motdepasse", "password_common")]
    [InlineData("abababab", "password_common")]
    public async Task A_password_is_long_enough_and_not_everybodys(string password, string code) =>
        (await RefusedAsync(Chain("mots-de-passe", password: password))).CodeOf("admin.password").ShouldBe(code);

    [Fact]
    public async Task A_password_of_256_characters_is_taken_whole_and_one_more_is_refused()
    {
        var longest = string.Concat(Enumerable.Repeat("éàçù", 64));
        (await RefusedAsync(Chain("trop-long", password: longest + "x"))).CodeOf("admin.password").ShouldBe("password_long");

        using var apex = Host.Client(null);
        using var opened = await apex.PostAsJsonAsync(Path, Chain("tres-long", password: longest));
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var client = Host.Client("tres-long");
        using var cut = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "dg@fleuve.sn", password = longest[..255] });
        cut.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var whole = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "dg@fleuve.sn", password = longest });
        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Country_currency_time_zone_and_language_are_ones_that_exist()
    {
        var problem = await RefusedAsync(new
        {
            slug = "ailleurs",
            name = "",
            country = "ZZ",
            currency = "CFA",
            timeZone = "Romance Standard Time",
            language = "wo",
            admin = new { name = "A\u0007", email = "pas une adresse", password = "la rive est belle" },
        });
        problem.CodeOf("name").ShouldBe("NotEmptyValidator");
        problem.CodeOf("country").ShouldBe("country_unknown");
        problem.CodeOf("currency").ShouldBe("currency_unknown");
        problem.CodeOf("timeZone").ShouldBe("time_zone_unknown");
        problem.CodeOf("language").ShouldBe("language_unknown");
        problem.CodeOf("admin.name").ShouldBe("text_plain");
        problem.CodeOf("admin.email").ShouldBe("EmailValidator");
    }

    [Fact]
    public async Task Faults_are_told_in_the_language_of_the_browser()
    {
        (await RefusedAsync(Chain("ab"), "fr-SN,fr;q=0.9")).Errors!["slug"][0].Message.ShouldStartWith("De 3 à 63 caractères");
        (await RefusedAsync(Chain("ab"), "en-GB")).Errors!["slug"][0].Message.ShouldStartWith("3 to 63 characters");
        (await RefusedAsync(Chain("ab"), "de")).Title.ShouldBe("Certains champs sont à corriger.");
    }

    [Theory]
    [InlineData("""{"slug":null}""")]
    [InlineData("""{"slug":"abc","admin":null}""")]
    [InlineData("""{"slug":12}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_body_of_another_shape_is_refused_and_breaks_nothing(string body)
    {
        using var apex = Host.Client(null);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await apex.PostAsync(Path, content);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_empty_body_has_all_its_required_fields_told() =>
        (await RefusedAsync(new { })).Errors!.Keys.Order().ShouldBe(["admin", "country", "currency", "language", "name", "slug", "timeZone"]);

    private static object Chain(string slug, string password = "la rive est belle") => new
    {
        slug,
        name = "Boutiques du Fleuve",
        country = "SN",
        currency = "XOF",
        timeZone = "Africa/Dakar",
        language = "fr",
        admin = new { name = "Directrice", email = "DG@fleuve.sn", password },
    };

    private async Task<Problem> RefusedAsync(object chain, string language = "fr")
    {
        using var apex = Host.Client(null);
        apex.DefaultRequestHeaders.AcceptLanguage.Clear();
        apex.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        using var response = await apex.PostAsJsonAsync(Path, chain);
        return await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }
}
