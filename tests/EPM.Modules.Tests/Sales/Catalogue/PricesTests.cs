using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Catalogue;

/// <summary>On a host whose clock is moved; the chain lives in Dakar, that is in UTC.</summary>
public sealed class PricesTests
{
    [Fact]
    public async Task The_first_price_covers_the_past_and_a_new_one_holds_from_its_day_in_the_chains_zone()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 11, 10, 23, 0, 0, TimeSpan.Zero));
        var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync(timeZone: "Europe/Paris");
        await tenant.AddProductAsync("P1", purchasePrice: 100);
        (await tenant.PricesAsync("P1")).ShouldBe("-infinity=100");

        // Midnight has passed in Paris, not in London.
        (await tenant.ChangeProductAsync("P1", purchasePrice: 110)).GetProperty("purchasePrice").GetDecimal().ShouldBe(110);
        (await tenant.PricesAsync("P1")).ShouldBe("-infinity=100 2026-11-11=110");
        await tenant.ChangeProductAsync("P1", purchasePrice: 120);
        (await tenant.PricesAsync("P1")).ShouldBe("-infinity=100 2026-11-11=120");

        clock.Advance(TimeSpan.FromMinutes(10));
        await tenant.ChangeProductAsync("P1", purchasePrice: 120);
        await tenant.ChangeProductAsync("P1", purchasePrice: null);
        (await tenant.PricesAsync("P1")).ShouldBe("-infinity=100 2026-11-11=120");
    }

    [Fact]
    public async Task A_price_told_later_for_a_product_without_one_covers_the_past_too()
    {
        var host = await EpmHost.SharedAsync();
        var tenant = await host.NewTenantAsync();
        await tenant.AddProductAsync("P1");
        (await tenant.PricesAsync("P1")).ShouldBe("");
        await tenant.ChangeProductAsync("P1", purchasePrice: 70.5m);
        (await tenant.PricesAsync("P1")).ShouldBe("-infinity=70.5");
        (await (await tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/products/P1")).GetProperty("purchasePrice").GetDecimal().ShouldBe(70.5m);
    }
}
