using EPM.Platform.Persistence;
using EPM.Sales.Catalogue;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Sales.Catalogue;

public sealed class CatalogueImportsTests : FeatureTest
{
    [Fact]
    public async Task A_snapshot_knows_products_prices_and_the_way_up_to_the_root()
    {
        await Tenant.AddCategoryAsync("frais");
        await Tenant.AddCategoryAsync("lait", "frais");
        await Tenant.AddProductAsync("L1", "lait", 90);
        await Tenant.AddProductAsync("X1");
        var catalogue = await Tenant.InTransactionAsync((session, _) => CatalogueImports.LoadAsync(session, CancellationToken.None));
        var milk = catalogue.BySpan["L1".AsSpan()];
        catalogue.CostOn(milk, new DateOnly(1999, 1, 1)).ShouldBe(90);
        catalogue.CostOn(catalogue.BySku["X1"], new DateOnly(2026, 1, 1)).ShouldBeNull();
        milk.TaxRate.ShouldBe(0.18m);
        catalogue.Categories[milk.CategoryNo].SelfAndAncestors.Select(number => catalogue.Categories[number].Code).ShouldBe(["lait", "frais"]);
    }

    [Fact]
    public async Task Unknown_products_are_created_once_and_the_snapshot_takes_them_in()
    {
        await Tenant.AddProductAsync("P1");
        var catalogue = await Tenant.InTransactionAsync(async (session, services) =>
        {
            var snapshot = await CatalogueImports.LoadAsync(session, CancellationToken.None);
            snapshot.Adopt(await services.GetRequiredService<CatalogueImports>().CreateMissingProductsAsync(
                session, [new("P1", "Ignoré"), new("P2", null), new("P3", "Savon"), new("P2", "Riz")], CancellationToken.None));
            return snapshot;
        });
        catalogue.BySku["P3"].ProductNo.ShouldBe(3);
        catalogue.Categories[catalogue.BySku["P2"].CategoryNo].Code.ShouldBe("non-classe");
        var told = await (await Tenant.As(Platform.Security.Roles.Analyst)).GetJsonAsync("/api/v1/products");
        told.GetProperty("items").EnumerateArray().Select(product => product.GetProperty("name").GetString()).ShouldBe(["Produit P1", "Riz", "Savon"]);
    }

    [Fact]
    public async Task Imports_that_create_products_at_once_agree_on_their_numbers()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Tenant.InTransactionAsync((session, services) =>
            services.GetRequiredService<CatalogueImports>().CreateMissingProductsAsync(
                session, [new("Commun", null), new($"P{n}", null)], CancellationToken.None))));
        all.Select(created => created.BySku["Commun"].ProductNo).Distinct().Count().ShouldBe(1);
        all.SelectMany(created => created.BySku.Values).Select(product => product.ProductNo).Distinct().Order().ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task An_edit_is_noticed_by_the_next_transaction_of_an_import()
    {
        await Tenant.AddCategoryAsync("a");
        await Tenant.AddProductAsync("P1");
        var before = await HoldAsync();
        (await HoldAsync()).ShouldBe(before);
        await Tenant.ChangeProductAsync("P1", "a");
        (await HoldAsync()).ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task An_edit_waits_for_the_transaction_of_an_import()
    {
        await Tenant.AddCategoryAsync("a");
        await Tenant.AddProductAsync("P1");
        var edit = await Tenant.InTransactionAsync(async (session, _) =>
        {
            await CatalogueImports.HoldAsync(session, CancellationToken.None);
            var waiting = Tenant.ChangeProductAsync("P1", "a");
            while (!await IsWaitedForAsync(session))
                waiting.IsCompleted.ShouldBeFalse("the edit went ahead of the import");
            return waiting;
        });
        (await edit).GetProperty("category").GetProperty("code").GetString().ShouldBe("a");
    }

    private static async Task<bool> IsWaitedForAsync(TenantSession session)
    {
        await using var ask = session.Command("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))");
        return (bool)(await ask.ExecuteScalarAsync())!;
    }

    private Task<long> HoldAsync() => Tenant.InTransactionAsync((session, _) => CatalogueImports.HoldAsync(session, CancellationToken.None));
}
