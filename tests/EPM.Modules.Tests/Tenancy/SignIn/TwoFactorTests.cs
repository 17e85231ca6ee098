using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy.SignIn;

public sealed class TwoFactorTests : IAsyncLifetime
{
    private const string Path = "/api/v1/me/two-factor";

    private static readonly string Email = TestTenant.EmailOf(Roles.Director);

    private readonly TestClock _clock = new();
    private EpmHost _host = null!;
    private TestTenant _tenant = null!;
    private HttpClient _person = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync(_clock);
        _tenant = await _host.NewTenantAsync();
        _person = await _tenant.As(Roles.Director);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_person_sets_it_up_confirms_it_with_a_code_and_is_asked_for_one_from_then_on()
    {
        (await StateAsync()).ShouldBe((false, 0));
        using var begun = await _person.PostAsJsonAsync(Path, new { password = TestTenant.Password });
        var body = await begun.ShouldBeJsonAsync();
        body.GetProperty("uri").GetString()!.ShouldContain("secret=" + body.GetProperty("secret").GetString());
        body.GetProperty("qr").GetString()!.ShouldStartWith("<svg");
        (await StateAsync()).ShouldBe((false, 0), "until a code has shown that the app has the secret");
        (await _tenant.SignInBodyAsync(Email)).ShouldNotBe(default);

        var phone = await Authenticator.SetUpAsync(_person, _clock);
        (await StateAsync()).ShouldBe((true, 10));
        await RefusedAsync(null, "second_factor_needed");
        await RefusedAsync("000000", "second_factor_wrong");
        await SignedInAsync(phone.Code);
    }

    [Fact]
    public async Task The_code_is_asked_for_only_after_a_right_password()
    {
        var phone = await Authenticator.SetUpAsync(_person, _clock);
        await RefusedAsync(null, "credentials_invalid", "pas le bon du tout");
        await RefusedAsync(phone.Code, "credentials_invalid", "pas le bon du tout");
        await SignedInAsync(phone.Code);
    }

    [Fact]
    public async Task A_code_opens_once_and_so_does_only_one_of_many_at_the_same_time()
    {
        var phone = await Authenticator.SetUpAsync(_person, _clock);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AnswerAsync(phone.Code, TestTenant.Password)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        await RefusedAsync(phone.Code, "second_factor_wrong");
        _clock.Advance(TimeSpan.FromSeconds(30));
        await SignedInAsync(phone.Code);
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        var phone = await Authenticator.SetUpAsync(_person, _clock);
        await SignedInAsync(phone.RecoveryCodes[3]);
        (await StateAsync()).ShouldBe((true, 9));
        await RefusedAsync(phone.RecoveryCodes[3], "second_factor_wrong");
        await SignedInAsync(phone.RecoveryCodes[4].ToUpperInvariant().Replace("-", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_codes_spend_the_budget_of_wrong_passwords()
    {
        var phone = await Authenticator.SetUpAsync(_person, _clock);
        for (var attempt = 0; attempt < 10; attempt++)
            await RefusedAsync("000000", "second_factor_wrong");
        using var limited = await AnswerAsync(phone.Code, TestTenant.Password);
        await limited.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
    }

    [Fact]
    public async Task Turning_it_off_takes_the_password_and_a_code()
    {
        var phone = await Authenticator.SetUpAsync(_person, _clock);
        using var wrongPassword = await TurnOffAsync("pas le bon du tout", phone.Code);
        await wrongPassword.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "password_wrong");
        using var wrongCode = await TurnOffAsync(TestTenant.Password, "000000");
        await wrongCode.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "code_wrong");
        using var again = await _person.PostAsJsonAsync(Path, new { password = TestTenant.Password });
        await again.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "two_factor_on");

        using var off = await TurnOffAsync(TestTenant.Password, phone.Code);
        off.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StateAsync()).ShouldBe((false, 0));
        (await _tenant.SignInBodyAsync(Email)).ShouldNotBe(default);
    }

    [Fact]
    public async Task An_administrator_takes_it_from_whoever_has_lost_the_telephone_and_nobody_else_may()
    {
        await Authenticator.SetUpAsync(_person, _clock);
        var admin = await _tenant.As(Roles.Admin);
        var users = await admin.GetJsonAsync("/api/v1/users");
        var id = users.GetProperty("items").EnumerateArray().Single(user => user.GetProperty("email").GetString() == Email).GetProperty("id").GetString();
        using var refused = await _person.DeleteAsync($"/api/v1/users/{id}/two-factor");
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        using var reset = await admin.DeleteAsync($"/api/v1/users/{id}/two-factor");
        reset.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _tenant.SignInBodyAsync(Email)).ShouldNotBe(default);
    }

    [Fact]
    public async Task The_secret_is_sealed_and_the_recovery_codes_are_hashed_at_rest()
    {
        var phone = await Authenticator.SetUpAsync(_person, _clock);
        await using var app = await _host.AsAppAsync(_tenant.Id.ToString());
        var row = await app.ScalarAsync<string>("SELECT row_to_json(f)::text FROM tenancy.two_factor f");
        var codes = await app.ScalarAsync<string>("SELECT json_agg(r)::text FROM tenancy.recovery_code r");
        (await app.ScalarAsync<int>("SELECT length(secret) FROM tenancy.two_factor")).ShouldBe(12 + 16 + 20);
        foreach (var code in phone.RecoveryCodes)
            (row + codes).ShouldNotContain(code.Replace("-", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_of_it_is_in_the_trail_and_no_code_is()
    {
        var phone = await Authenticator.SetUpAsync(_person, _clock);
        await RefusedAsync("424242", "second_factor_wrong");
        await SignedInAsync(phone.RecoveryCodes[0]);
        await using var app = await _host.AsAppAsync(_tenant.Id.ToString());
        var actions = await app.ScalarAsync<string[]>("SELECT array_agg(action ORDER BY number) FROM platform.audit_entry WHERE subject = $1", "user/" + Email);
        actions.ShouldBe(["session.started", "two-factor.begun", "two-factor.turned-on", "session.refused", "session.started"]);
        var told = await app.ScalarAsync<string>("SELECT string_agg(e::text, ' ') FROM platform.audit_entry e");
        told.ShouldNotContain("424242");
        told.ShouldNotContain(phone.RecoveryCodes[0]);
    }

    private async Task<(bool On, int Left)> StateAsync()
    {
        var state = await _person.GetJsonAsync(Path);
        return (state.GetProperty("on").GetBoolean(), state.GetProperty("recoveryCodesLeft").GetInt32());
    }

    private async Task<HttpResponseMessage> AnswerAsync(string? code, string password)
    {
        using var client = _tenant.Anonymous();
        return await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = Email, password, code });
    }

    private async Task RefusedAsync(string? code, string problem, string password = TestTenant.Password)
    {
        using var response = await AnswerAsync(code, password);
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, problem);
    }

    private async Task SignedInAsync(string code)
    {
        using var response = await AnswerAsync(code, TestTenant.Password);
        JsonElement body = await response.ShouldBeJsonAsync();
        body.GetProperty("user").GetProperty("email").GetString().ShouldBe(Email);
    }

    private async Task<HttpResponseMessage> TurnOffAsync(string password, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Path) { Content = JsonContent.Create(new { password, code }) };
        return await _person.SendAsync(request);
    }
}
