using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Modules;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Modules.Tests.Tenancy.SignIn;

/// <summary>A chain whose people sign in by a real provider, on a host that may reach it.</summary>
internal sealed class ProviderChain(TestTenant tenant, TestProvider provider, TestClock clock)
{
    public const string Secret = "a client's secret: 100 % + more";
    public const string Settings = "/api/v1/sign-in-provider";

    private const string Start = "/api/v1/auth/oidc/start";

    private static readonly TestClock Clock = new();
    private static readonly Lazy<Task<EpmHost>> Host = new(StartHostAsync);

    public TestTenant Tenant { get; } = tenant;

    public TestClock Time { get; } = clock;

    public string Issuer { get; } = provider.IssuerOf(tenant.Slug);

    public static async Task<ProviderChain> NewAsync()
    {
        var host = await Host.Value;
        return new ProviderChain(await host.NewTenantAsync(), await TestProvider.SharedAsync(), Clock);
    }

    public object Body(bool passwordsAllowed = true, bool twoFactorRequired = false, string? clientSecret = Secret, string? issuer = null) =>
        new { issuer = issuer ?? Issuer, clientId = Tenant.Slug, clientSecret, label = "Compte Teranga", passwordsAllowed, twoFactorRequired };

    public async Task<HttpResponseMessage> SetAsync(object body) => await (await Tenant.As(Roles.Admin)).PutAsJsonAsync(Settings, body);

    public async Task SetUpAsync(bool passwordsAllowed = true, bool twoFactorRequired = false)
    {
        using var set = await SetAsync(Body(passwordsAllowed, twoFactorRequired));
        set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());
    }

    /// <summary>Says who comes next.</summary>
    public Task ExpectAsync(string subject, string? email, bool verified = true, string? fault = null) =>
        provider.ExpectAsync(Tenant.Slug, Secret, subject, email, verified, fault, Time.GetUtcNow());

    /// <summary>A browser's way to the provider and back, up to the address it is sent back to.</summary>
    public static async Task<Uri> GoAsync(HttpClient browser)
    {
        using var start = await browser.GetAsync(Start);
        start.StatusCode.ShouldBe(HttpStatusCode.Redirect, await start.Content.ReadAsStringAsync());
        return await TestProvider.VisitAsync(start.Headers.Location!);
    }

    /// <returns>Where the browser lands: "/" when somebody is signed in.</returns>
    public async Task<(string Landing, HttpClient Browser)> SignInAsync(string subject, string? email, bool verified = true, string? fault = null)
    {
        await ExpectAsync(subject, email, verified, fault);
        var browser = Tenant.Anonymous(cookies: true);
        using var answer = await browser.GetAsync(await GoAsync(browser));
        return (answer.Headers.Location!.OriginalString, browser);
    }

    /// <summary>The address of whoever a browser is signed in as.</summary>
    public static async Task<string> EmailOfAsync(HttpClient browser)
    {
        using var refreshed = await browser.PostAsync("/api/v1/auth/refresh", null);
        return (await refreshed.ShouldBeJsonAsync()).GetProperty("user").GetProperty("email").GetString()!;
    }

    private static async Task<EpmHost> StartHostAsync()
    {
        var authority = (await TestProvider.SharedAsync()).Authority;
        return await EpmHost.StartAsync(Clock, services: services =>
        {
            var settings = (EpmSettings)services.Single(service => service.ServiceType == typeof(EpmSettings)).ImplementationInstance!;
            services.Replace(ServiceDescriptor.Singleton(settings with { OutboundAllow = [authority] }));
        });
    }
}
