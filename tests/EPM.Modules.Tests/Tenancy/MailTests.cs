using System.Net;
using System.Net.Http.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Modules;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Modules.Tests.Tenancy;

public sealed class MailTests
{
    [Fact]
    public async Task An_invitation_is_mailed_in_the_language_of_the_one_invited_and_nothing_that_opens_it_stays()
    {
        await using var smtp = new SmtpListener();
        await using var host = await StartAsync(smtp.Address);
        var tenant = await host.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        foreach (var (language, subject, hello) in new[] { ("fr", $"admin vous invite à rejoindre {tenant.Info.Name}", "Bonjour Awa Sow,"), ("en", $"admin invites you to join {tenant.Info.Name}", "Hello Awa Sow,") })
        {
            using var made = await admin.PostAsJsonAsync("/api/v1/invitations", Invitation($"awa-{language}@chaine.test", language));
            var invited = await made.ShouldBeJsonAsync(HttpStatusCode.Created);
            invited.GetProperty("mailed").GetBoolean().ShouldBeTrue();
            var mail = await smtp.NextAsync();
            (mail.From, mail.To).ShouldBe(("no-reply@epm.example", $"awa-{language}@chaine.test"));
            mail.Subject.ShouldBe(subject);
            mail.Text.ShouldStartWith(hello);
            mail.Text.Split('\n').ShouldContain(invited.GetProperty("link").GetString());
            mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
            using var anybody = tenant.Anonymous();
            using var accepted = await anybody.PostAsJsonAsync("/api/v1/invitations/accept", new { token = mail.Text.Split('#')[1].Split('\n')[0], password = "quatre mots de plus" });
            accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_mail_waits_sealed_until_the_server_takes_it_and_is_emptied_then()
    {
        await using var smtp = new SmtpListener();
        smtp.Refuse(2);
        await using var host = await StartAsync(smtp.Address);
        var tenant = await host.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        using var made = await admin.PostAsJsonAsync("/api/v1/invitations", Invitation("awa@chaine.test", "fr"));
        var token = (await made.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("link").GetString()!.Split('#')[1];
        var mail = await smtp.NextAsync();
        mail.Text.ShouldContain(token);
        smtp.Refused.ShouldBe(2);
        smtp.HasMore.ShouldBeFalse();
        await using var app = await host.AsAppAsync(tenant.Id.ToString());
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.mail m WHERE position(convert_to($1, 'UTF8') IN coalesce(sealed, '')) > 0", token)).ShouldBe(0);

        // A chain's mails leave one after another: when the second has arrived, the first is done with.
        using var next = await admin.PostAsJsonAsync("/api/v1/invitations", Invitation("moussa@chaine.test", "fr"));
        next.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await smtp.NextAsync()).To.ShouldBe("moussa@chaine.test");
        (await app.ScalarAsync<bool>("SELECT sealed IS NULL AND sent_at IS NOT NULL FROM tenancy.mail WHERE recipient = 'awa@chaine.test'")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_that_is_undone_sends_no_mail()
    {
        await using var smtp = new SmtpListener();
        await using var host = await StartAsync(smtp.Address);
        var tenant = await host.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        using var refused = await admin.PostAsJsonAsync("/api/v1/invitations", Invitation(TestTenant.EmailOf(Roles.Director), "fr"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var made = await admin.PostAsJsonAsync("/api/v1/invitations", Invitation("awa@chaine.test", "fr"));
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await smtp.NextAsync()).To.ShouldBe("awa@chaine.test");
        smtp.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task A_recipient_that_does_not_exist_holds_up_nobody_elses_mail()
    {
        await using var smtp = new SmtpListener { Unknown = "personne@chaine.test" };
        await using var host = await StartAsync(smtp.Address);
        var tenant = await host.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        foreach (var email in new[] { smtp.Unknown, "awa@chaine.test" })
        {
            using var made = await admin.PostAsJsonAsync("/api/v1/invitations", Invitation(email, "fr"));
            made.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        (await smtp.NextAsync()).To.ShouldBe("awa@chaine.test");
        await using var app = await host.AsAppAsync(tenant.Id.ToString());
        (await app.ScalarAsync<bool>("SELECT sealed IS NULL AND sent_at IS NULL FROM tenancy.mail WHERE recipient = 'personne@chaine.test'")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("fr", "L’espace de Boutiques du Fleuve est ouvert sur EPM Retail", "Bonjour Directrice,")]
    [InlineData("en", "Boutiques du Fleuve is open on EPM Retail", "Hello Directrice,")]
    public async Task Whoever_signs_a_chain_up_is_written_to_once_even_if_the_mail_server_is_away_at_first(string language, string subject, string hello)
    {
        int port;
        await using (var before = new SmtpListener())
            port = before.Port;
        await using var host = await StartAsync(SmtpListener.AddressOf(port));
        using var apex = host.Client(null);
        using var opened = await apex.PostAsJsonAsync("/api/v1/tenants", new
        {
            slug = "fleuve",
            name = "Boutiques du Fleuve",
            country = "SN",
            currency = "XOF",
            timeZone = "Africa/Dakar",
            language,
            admin = new { name = "Directrice", email = "dg@fleuve.sn", password = "la rive est belle" },
        });
        opened.StatusCode.ShouldBe(HttpStatusCode.Created, "nothing waits for mail");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await host.AsAdminAsync("SELECT max(attempts) FROM platform.job WHERE kind = 'mail'") is not >= 2)
            await Task.Delay(20, late.Token);
        await using var smtp = new SmtpListener(port);
        var mail = await smtp.NextAsync();
        (mail.To, mail.Subject).ShouldBe(("dg@fleuve.sn", subject));
        mail.Text.ShouldStartWith(hello);
        mail.Text.Split('\n').ShouldContain("https://fleuve.localhost/");
        while (await host.AsAdminAsync("SELECT (SELECT count(*) FROM platform.job) + (SELECT count(*) FROM platform.delivery)") is not 0L)
            await Task.Delay(20, late.Token);
        smtp.HasMore.ShouldBeFalse();
        (await host.AsAdminAsync("SELECT count(*) FROM tenancy.mail WHERE sent_at IS NOT NULL AND sealed IS NULL")).ShouldBe(1L);
    }

    [Theory]
    [InlineData("http://mail.example")]
    [InlineData("mail.example:25")]
    [InlineData("smtp://user:hunter2@mail.example?tls=off")]
    [InlineData("smtp://user:hunter2@mail.example?from=nobody")]
    public void A_host_whose_mail_server_cannot_be_read_does_not_start_and_tells_no_password(string smtp)
    {
        var settings = new EpmSettings
        {
            AdminConnection = "Host=nowhere",
            DataDirectory = Path.GetTempPath(),
            Domain = "epm.example",
            Port = 5080,
            Bind = "localhost",
            Development = false,
            Smtp = smtp,
        };
        Should.Throw<InvalidOperationException>(() => new ServiceCollection().AddPlatform(settings, [])).Message.ShouldNotContain("hunter2");
    }

    private static object Invitation(string email, string language) =>
        new { name = "Awa Sow", email, role = Roles.Analyst, language, scope = new { kind = "all", seesCost = false } };

    private static Task<EpmHost> StartAsync(string smtp) => EpmHost.StartAsync(services: services =>
    {
        var settings = (EpmSettings)services.Last(service => service.ServiceType == typeof(EpmSettings)).ImplementationInstance!;
        services.Replace(ServiceDescriptor.Singleton(settings with { Smtp = smtp }));
    });
}
