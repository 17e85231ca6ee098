using System.Text.Json;
using EPM.Platform.Modules;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Demo;
using EPM.Stores.Contracts;
using EPM.Tenancy.Contracts;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Modules.Tests.Sales.Demo;

/// <summary>The <c>seed</c> verb on databases of its own, at a fraction of the chain's size.</summary>
public sealed class SeedDemoTests
{
    private static readonly DemoScale Small = new(Months: 1, Traffic: 0.1);
    private static readonly DateTimeOffset Evening = new(2026, 6, 12, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_chain_is_made_once_and_its_figures_are_those_of_the_files()
    {
        var clock = new TestClock(Evening);
        var host = await StartAsync(clock);
        (await SeedAsync(host)).ShouldBe(0);
        await FiguresShouldBeTheFilesAsync(host, new DateOnly(2026, 6, 11));
        var lines = await LinesAsync(host);

        (await SeedAsync(host)).ShouldBe(0);
        (await LinesAsync(host)).ShouldBe(lines);

        clock.Advance(TimeSpan.FromDays(2));
        (await SeedAsync(host)).ShouldBe(0);
        await FiguresShouldBeTheFilesAsync(host, new DateOnly(2026, 6, 13));
    }

    [Fact]
    public async Task A_run_that_was_broken_off_is_completed_by_the_next()
    {
        var host = await StartAsync(new TestClock(Evening));
        var chain = host.Services.GetRequiredService<DemoChain>();
        var tenant = await chain.OpenAsync(CancellationToken.None);
        var plan = Plan(new DateOnly(2026, 6, 11));
        var told = 0;
        await Should.ThrowAsync<TimeoutException>(() => chain.CompleteAsync(
            tenant, plan, _ => { if (++told == 2) throw new TimeoutException(); }, CancellationToken.None));

        (await SeedAsync(host)).ShouldBe(0);
        await FiguresShouldBeTheFilesAsync(host, new DateOnly(2026, 6, 11));
    }

    [Fact]
    public async Task Outside_development_it_is_refused_and_nothing_is_left()
    {
        var host = await EpmHost.StartAsync(development: false, services: Scaled);
        (await SeedAsync(host)).ShouldNotBe(0);
        (await host.Services.GetRequiredService<ITenantDirectory>().FindAsync(DemoTenant.Slug, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Everybody_signs_in_and_sees_what_is_theirs()
    {
        var host = await StartAsync(new TestClock(Evening));
        (await SeedAsync(host)).ShouldBe(0);
        foreach (var account in DemoTenant.Accounts)
        {
            var client = await SignInAsync(host, account.Role);
            var stores = (await client.GetJsonAsync("/api/v1/stores")).GetProperty("items").GetArrayLength();
            stores.ShouldBe(account.Role switch
            {
                Roles.RegionalManager => 4,
                Roles.StoreManager => 1,
                _ => 12,
            });
        }
        var product = await (await SignInAsync(host, Roles.StoreManager)).GetJsonAsync("/api/v1/products/RIZ003");
        product.GetProperty("name").GetString().ShouldBe("Riz brisé parfumé Jolof 25 kg");
        product.GetProperty("purchasePrice").ValueKind.ShouldBe(JsonValueKind.Null);
        var closures = await (await SignInAsync(host, Roles.Admin)).GetJsonAsync($"/api/v1/stores/{DemoStores.UnderWorks}/closures");
        closures.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Its_calendar_has_the_feasts_that_its_sales_follow_confirmed()
    {
        var client = await SmallChainAsync();
        var kept = DemoFeasts.Kept(Plan(new DateOnly(2026, 6, 11)));
        kept.ShouldContain(new KeptFeast("tabaski", "SN", new DateOnly(2026, 5, 28), new DateOnly(2026, 5, 28)));
        foreach (var feast in kept)
        {
            var items = (await client.GetJsonAsync($"/api/v1/events?from={feast.From:yyyy-MM-dd}&to={feast.To:yyyy-MM-dd}&country={feast.Country}")).GetProperty("items");
            var shown = items.EnumerateArray().Single(item => item.GetProperty("code").GetString() == feast.Code && item.GetProperty("country").GetString() == feast.Country);
            (shown.GetProperty("from").GetString(), shown.GetProperty("to").GetString()).ShouldBe(($"{feast.From:yyyy-MM-dd}", $"{feast.To:yyyy-MM-dd}"));
            shown.GetProperty("state").GetString().ShouldBe(feast is { Code: "back-to-school", Country: "CI" } ? "moved" : "confirmed");
        }
        var later = (await client.GetJsonAsync("/api/v1/events?from=2027-05-01&to=2027-05-31&country=SN")).GetProperty("items").EnumerateArray();
        later.Single(item => item.GetProperty("code").GetString() == "tabaski").GetProperty("state").GetString().ShouldBe("proposed");
    }

    /// <summary>A client of the chain's administrator, on a host of its own.</summary>
    internal static async Task<HttpClient> SmallChainAsync()
    {
        var host = await StartAsync(new TestClock(Evening));
        (await SeedAsync(host)).ShouldBe(0);
        return await SignInAsync(host, Roles.Admin);
    }

    private static Task<EpmHost> StartAsync(TimeProvider clock) => EpmHost.StartAsync(clock, services: Scaled);

    private static void Scaled(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(Small));

    private static async Task<int> SeedAsync(EpmHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<ICommandLineVerb>().Single(verb => verb.Verb == "seed").RunAsync([], CancellationToken.None);
    }

    private static DemoPlan Plan(DateOnly end) => new(new DateOnly(2026, 5, 1), end, Small.Traffic);

    private static async Task FiguresShouldBeTheFilesAsync(EpmHost host, DateOnly end)
    {
        var plan = Plan(end);
        var sales = new DemoSales(plan);
        var (revenue, tickets) = (0L, 0L);
        foreach (var store in sales.Stores)
        {
            for (var day = plan.Start; day <= plan.End; day = day.AddDays(1))
            {
                var lines = sales.Of(store, day);
                revenue += lines.Sum(line => line.Revenue);
                tickets += lines.Where(line => line.Quantity > 0).Select(line => line.Ticket).Distinct().Count();
            }
        }
        var answer = await (await SignInAsync(host, Roles.Director)).GetJsonAsync("/api/v1/metrics/query?metrics=revenue,tickets,margin-rate&by=month&from=2026-01-01&to=2026-12-31");
        var totals = answer.GetProperty("totals").GetProperty("values");
        totals.GetProperty("revenue").GetDecimal().ShouldBe(revenue);
        totals.GetProperty("tickets").GetInt64().ShouldBe(tickets);
        totals.GetProperty("margin-rate").GetDouble().ShouldBeInRange(0.18, 0.32);
    }

    private static async Task<long> LinesAsync(EpmHost host)
    {
        var imports = await (await SignInAsync(host, Roles.Admin)).GetJsonAsync("/api/v1/imports");
        return imports.GetProperty("items").EnumerateArray().Sum(import => import.GetProperty("read").GetInt64());
    }

    private static async Task<HttpClient> SignInAsync(EpmHost host, string role)
    {
        var info = await host.Services.GetRequiredService<ITenantDirectory>().FindAsync(DemoTenant.Slug, CancellationToken.None);
        var account = DemoTenant.Accounts.Single(one => one.Role == role);
        return await new TestTenant(host, info.ShouldNotBeNull()).SignInAsync(account.Email, account.Password);
    }
}
