using System.Net;
using EPM.Platform.Idempotency;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Idempotency;

public sealed class ForgottenKeysTests
{
    [Fact]
    public async Task A_key_answers_for_a_day_is_new_after_it_and_is_then_removed()
    {
        var clock = new TestClock();
        var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        async Task<HttpResponseMessage> AskAsync(string code)
        {
            using var admin = await tenant.SignInAsync(TestTenant.EmailOf(Roles.Admin));
            return await admin.PostKeyedAsync("/api/v1/regions", new { code, name = code }, "key");
        }
        using var first = await AskAsync("R1");
        clock.Advance(TimeSpan.FromHours(23));
        using var other = await AskAsync("R2");
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        clock.Advance(TimeSpan.FromHours(2));
        using var anew = await AskAsync("R3");
        (await anew.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("code").GetString().ShouldBe("R3");

        var forget = ActivatorUtilities.CreateInstance<ForgetKeys>(host.Services);
        (await forget.ForgetAsync(CancellationToken.None)).ShouldBe(0);
        clock.Advance(TimeSpan.FromHours(25));
        (await forget.ForgetAsync(CancellationToken.None)).ShouldBe(1);
    }
}
