using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Catalogue;

public sealed class ProductsTests : FeatureTest
{
    private const string Path = "/api/v1/products";
    private static readonly DataScope WithoutCost = DataScope.Everything with { SeesCost = false };

    [Fact]
    public async Task A_product_is_added_and_told_back_as_it_was_given()
    {
        await Tenant.AddCategoryAsync("epicerie");
        var added = await Tenant.AddProductAsync("RIZ 5/KG", "epicerie", 1200.25m, "Riz brisé 5 kg");
        var told = await (await Tenant.As(Roles.Analyst)).GetJsonAsync(Path + "/RIZ%205%2FKG");
        told.ToString().ShouldBe(added.ToString());
        told.ToString().ShouldBe(
            """{"sku":"RIZ 5/KG","name":"Riz brisé 5 kg","category":{"code":"epicerie","name":"Rayon epicerie"},"purchasePrice":1200.25,"salePrice":1500,"taxRate":0.1800,"active":true}""");
    }

    [Fact]
    public async Task A_product_without_a_category_is_filed_as_not_yet_placed()
    {
        var added = await Tenant.AddProductAsync("P1");
        added.GetProperty("category").ToString().ShouldBe("""{"code":"non-classe","name":"Non classé"}""");
        var english = await Host.NewTenantAsync(language: "en");
        (await english.AddProductAsync("P1")).GetProperty("category").GetProperty("name").GetString().ShouldBe("Uncategorised");
    }

    [Fact]
    public async Task Who_may_not_see_cost_neither_reads_nor_writes_a_purchase_price()
    {
        await Tenant.AddProductAsync("P1", purchasePrice: 900);
        var director = await Tenant.As(Roles.Director, WithoutCost);
        (await director.GetJsonAsync(Path + "/P1")).GetProperty("purchasePrice").ValueKind.ShouldBe(JsonValueKind.Null);
        (await director.GetJsonAsync(Path)).GetProperty("items")[0].GetProperty("purchasePrice").ValueKind.ShouldBe(JsonValueKind.Null);
        var changed = await Tenant.ChangeProductAsync("P1", by: director);
        changed.GetProperty("purchasePrice").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Tenant.PricesAsync("P1")).ShouldBe("-infinity=900");
        using var write = await director.PutAsJsonAsync(Path + "/P1", new { name = "P1", purchasePrice = 1, taxRate = 0, active = true });
        await write.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cost_not_visible");
        using var add = await director.PostAsJsonAsync(Path, new { sku = "P2", name = "P2", purchasePrice = 1, taxRate = 0 });
        await add.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cost_not_visible");
        (await Tenant.PricesAsync("P1")).ShouldBe("-infinity=900");
    }

    [Fact]
    public async Task A_search_finds_every_word_in_sku_or_name_whatever_the_accents()
    {
        await Tenant.AddProductAsync("A-1", name: "Crème fraîche ÉPAISSE 20cl");
        await Tenant.AddProductAsync("A-2", name: "Crème liquide");
        await Tenant.AddProductAsync("B_1", name: "100% jus d’orange");
        var analyst = await Tenant.As(Roles.Analyst);
        foreach (var (search, skus) in new[] { ("creme", "A-1 A-2"), ("EPAISSE crème", "A-1"), ("a-2", "A-2"), ("%", "B_1"), ("_", "B_1"),
            ("lait", ""), (" ", "A-1 A-2 B_1") })
            string.Join(' ', (await analyst.GetJsonAsync($"{Path}?search={Uri.EscapeDataString(search)}")).Skus()).ShouldBe(skus, search);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_tell_the_whole_number()
    {
        foreach (var n in Enumerable.Range(1, 5))
            await Tenant.AddProductAsync($"P{n}");
        var analyst = await Tenant.As(Roles.Analyst);
        var second = await analyst.GetJsonAsync(Path + "?page=2&size=2");
        second.Skus().ShouldBe(["P3", "P4"]);
        second.GetProperty("total").GetInt32().ShouldBe(5);
        using var wrong = await analyst.GetAsync(Path + "?size=201");
        (await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("size").ShouldBe("InclusiveBetweenValidator");
    }

    [Fact]
    public async Task A_category_filter_takes_in_all_that_is_below_it()
    {
        await Tenant.AddCategoryAsync("frais");
        await Tenant.AddCategoryAsync("lait", "frais");
        await Tenant.AddProductAsync("F", "frais");
        await Tenant.AddProductAsync("L", "lait");
        await Tenant.AddProductAsync("X");
        var analyst = await Tenant.As(Roles.Analyst);
        (await analyst.GetJsonAsync(Path + "?category=frais")).Skus().ShouldBe(["F", "L"]);
        (await analyst.GetJsonAsync(Path + "?category=lait")).Skus().ShouldBe(["L"]);
        (await analyst.GetJsonAsync(Path + "?category=absente")).Skus().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sku", "a,b", "sku_format")]
    [InlineData("sku", " a", "sku_format")]
    [InlineData("name", "", "NotEmptyValidator")]
    [InlineData("name", "a\nb", "text_plain")]
    [InlineData("category", "absente", "category_unknown")]
    [InlineData("purchasePrice", -1, "price_range")]
    [InlineData("salePrice", 0.00001, "price_range")]
    [InlineData("taxRate", 18, "tax_rate_range")]
    public async Task A_broken_field_is_named_with_its_rule(string field, object value, string code)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["sku"] = "P1", ["name"] = "P", ["taxRate"] = 0.18 };
        body[field] = value;
        using var response = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync(Path, body);
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf(field).ShouldBe(code);
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync(Path)).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_taken_sku_and_an_absent_one_are_told_apart()
    {
        await Tenant.AddProductAsync("P1");
        using var taken = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync(Path, new { sku = "P1", name = "P", taxRate = 0 });
        await taken.ShouldBeProblemAsync(HttpStatusCode.Conflict, "product_sku_taken");
        using var absent = await (await Tenant.As(Roles.Analyst)).GetAsync(Path + "/zzz");
        await absent.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var impossible = await (await Tenant.As(Roles.Analyst)).GetAsync(Path + "/a%2Cb");
        await impossible.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var viewer = await (await Tenant.As(Roles.StoreManager)).PostAsJsonAsync(Path, new { sku = "P2", name = "P", taxRate = 0 });
        await viewer.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
