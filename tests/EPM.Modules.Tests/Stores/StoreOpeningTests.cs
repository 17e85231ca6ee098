using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Stores;

public sealed class StoreOpeningTests : FeatureTest
{
    [Fact]
    public async Task Codes_that_are_no_store_yet_become_one_with_the_chains_own_settings()
    {
        await Tenant.AddRegionAsync("nord");
        await Tenant.OpenStoreAsync("N1", "nord");
        var stores = await OpenAsync(Tenant, "Zulu", "N1", "Alpha", "Zulu");
        stores.Select(store => (store.Code, store.StoreNo)).ShouldBe([("Alpha", 2), ("N1", 1), ("Zulu", 3)]);
        var alpha = stores[0];
        (alpha.RegionCode, alpha.RegionName, alpha.Currency, alpha.Country, alpha.TimeZone)
            .ShouldBe(("sans-region", "Sans région", "XOF", "SN", "Africa/Dakar"));
        (await OpenAsync(Tenant, "Alpha")).Single().ShouldBe(alpha);
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/stores")).Codes().ShouldBe(["Alpha", "N1", "Zulu"]);
    }

    [Fact]
    public async Task The_region_of_unplaced_stores_is_named_in_the_chains_language()
    {
        var english = await Host.NewTenantAsync(language: "en");
        (await OpenAsync(english, "A")).Single().RegionName.ShouldBe("No region");
    }

    [Fact]
    public async Task Two_imports_that_open_stores_at_once_give_out_different_numbers()
    {
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => OpenAsync(Tenant, "Commun", $"Propre {n}")));
        both.Select(stores => stores[0].StoreNo).Distinct().Count().ShouldBe(1);
        both.SelectMany(stores => stores).Select(store => store.StoreNo).Distinct().Order().ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task What_is_rolled_back_never_shows()
    {
        await Tenant.InScopeAsync(async services =>
        {
            var session = services.GetRequiredService<Platform.Persistence.TenantSession>();
            await session.BeginAsync(readOnly: false, CancellationToken.None);
            await services.GetRequiredService<IStoreOpening>().OpenMissingAsync(session, [new("passager", "Passager")], null, CancellationToken.None);
            await session.RollbackAsync();
            return true;
        });
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/stores")).Codes().ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<StoreSummary>> OpenAsync(TestTenant tenant, params string[] codes) => tenant.InTransactionAsync((session, services) =>
        services.GetRequiredService<IStoreOpening>().OpenMissingAsync(
            session, [.. codes.Select(code => new UnknownStore(code, code))], new DateOnly(2020, 1, 1), CancellationToken.None));
}
