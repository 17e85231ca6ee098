using EPM.Modules.Tests.Stores;
using EPM.Platform.Imports;
using EPM.Platform.Localisation;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Sales.Catalogue;

public sealed class ProductsImportTests : FeatureTest
{
    [Fact]
    public async Task A_file_adds_products_and_categories_and_the_same_file_changes_nothing()
    {
        string[] file =
        [
            "sku=R5;name=Riz 5 kg;category=riz;category_name=Riz et céréales;parent_category=epicerie;purchase_price=1 200,50;sale_price=1500;tax_rate=18;active=oui",
            "sku=R25;name=Riz 25 kg;category=riz;tax_rate=0,055;active=non",
            "sku=X",
        ];
        States(await Tenant.ApplyAsync("products", file)).ShouldBe("Added Added Added");
        States(await Tenant.ApplyAsync("products", file)).ShouldBe("Unchanged Unchanged Unchanged");
        var analyst = await Tenant.As(Roles.Analyst);
        (await analyst.GetJsonAsync("/api/v1/products/R5")).ToString().ShouldBe(
            """{"sku":"R5","name":"Riz 5 kg","category":{"code":"riz","name":"Riz et céréales"},"purchasePrice":1200.5,"salePrice":1500,"taxRate":0.1800,"active":true}""");
        (await analyst.GetJsonAsync("/api/v1/products/R25")).GetProperty("taxRate").GetDecimal().ShouldBe(0.055m);
        (await analyst.GetJsonAsync("/api/v1/products/X")).GetProperty("category").GetProperty("code").GetString().ShouldBe("non-classe");
        (await analyst.GetJsonAsync("/api/v1/categories")).GetProperty("items").EnumerateArray()
            .Single(category => category.GetProperty("code").GetString() == "riz").GetProperty("parent").GetString().ShouldBe("epicerie");
    }

    [Fact]
    public async Task Only_what_a_row_tells_is_changed()
    {
        await Tenant.AddCategoryAsync("a");
        await Tenant.AddProductAsync("P1", "a", 100);
        States(await Tenant.ApplyAsync("products",
                "sku=P1;sale_price=2000", "sku=P1;name=Autre", "sku=P1;category=a;category_name=Rayon nouveau", "sku=P1;category=b", "sku=P1"))
            .ShouldBe("Updated Updated Updated Updated Unchanged");
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/products/P1")).ToString().ShouldBe(
            """{"sku":"P1","name":"Autre","category":{"code":"b","name":"b"},"purchasePrice":100,"salePrice":2000,"taxRate":0.1800,"active":true}""");
    }

    [Theory]
    [InlineData("name=Sans référence", "sku", "import_required")]
    [InlineData("sku=a,b", "sku", "sku_format")]
    [InlineData("sku=P;category=a/b", "category", "code_format")]
    [InlineData("sku=P;purchase_price=cher", "purchase_price", "import_not_a_number")]
    [InlineData("sku=P;sale_price=-1", "sale_price", "price_range")]
    [InlineData("sku=P;tax_rate=250", "tax_rate", "tax_rate_range")]
    [InlineData("sku=P;active=peut-être", "active", "import_not_yes_no")]
    [InlineData("sku=P;category=a;parent_category=a", "parent_category", "category_cycle")]
    [InlineData("sku=P;category=haut;parent_category=bas", "parent_category", "category_cycle")]
    [InlineData("sku=P;category=neuf;parent_category=5", "parent_category", "category_too_deep")]
    public async Task A_rejected_row_says_why_and_what_to_do_and_changes_nothing(string row, string column, string code)
    {
        foreach (var (category, parent) in new[] { ("haut", null), ("bas", "haut"), ("1", null), ("2", "1"), ("3", "2"), ("4", "3"), ("5", "4") })
            await Tenant.AddCategoryAsync(category, parent);
        var error = (await Tenant.ApplyAsync("products", row)).Single().Errors.Single();
        (error.Column, error.Code).ShouldBe((column, code));
        var texts = Host.Services.GetRequiredService<Texts>();
        foreach (var language in Texts.Languages)
            new[] { error.Code, error.Code + ".fix" }.ShouldBeSubsetOf(texts.Codes(language));
        var analyst = await Tenant.As(Roles.Analyst);
        (await analyst.GetJsonAsync("/api/v1/products")).GetProperty("total").GetInt32().ShouldBe(0);
        (await analyst.GetJsonAsync("/api/v1/categories")).GetProperty("items").GetArrayLength().ShouldBe(7);
    }

    [Fact]
    public async Task A_purchase_price_from_somebody_who_may_not_see_any_is_refused()
    {
        var outcomes = await Tenant.InTransactionAsync(async (session, services) =>
        {
            services.GetRequiredService<CurrentCaller>().Set(
                new Caller(Guid.Empty, Guid.Empty, "A", "a@b.c", Roles.Integrator, "fr", DataScope.Everything with { SeesCost = false }));
            return await services.GetServices<IImportKind>().Single(kind => kind.Name == "products").ApplyAsync(
                session, [ImportRows.Row("sku=P1;purchase_price=5", 0), ImportRows.Row("sku=P2;sale_price=5", 1)], CancellationToken.None);
        });
        States(outcomes).ShouldBe("Rejected Added");
        outcomes[0].Errors.Single().Code.ShouldBe("cost_not_visible");
    }

    private static string States(IEnumerable<RowOutcome> outcomes) => string.Join(' ', outcomes.Select(outcome => outcome.State));
}
