using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Catalogue;

public sealed class CategoriesTests : FeatureTest
{
    private const string Path = "/api/v1/categories";

    [Fact]
    public async Task The_tree_is_told_flat_with_the_products_filed_in_each_category()
    {
        await Tenant.AddCategoryAsync("frais");
        await Tenant.AddCategoryAsync("lait", "frais");
        await Tenant.AddProductAsync("L1", "lait");
        await Tenant.AddProductAsync("L2", "lait");
        (await TreeAsync()).ShouldBe("frais(0) lait<frais(2)");
    }

    [Fact]
    public async Task A_category_is_renamed_and_hung_elsewhere()
    {
        await Tenant.AddCategoryAsync("a");
        await Tenant.AddCategoryAsync("b");
        await Tenant.AddCategoryAsync("c", "a");
        using var moved = await ChangeAsync("c", "b");
        (await moved.ShouldBeJsonAsync()).GetProperty("parent").GetString().ShouldBe("b");
        using var freed = await ChangeAsync("c", null);
        freed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TreeAsync()).ShouldBe("a(0) b(0) c(0)");
    }

    [Theory]
    [InlineData("fr", "a", "Une catégorie ne peut pas se trouver sous elle-même.")]
    [InlineData("en", "c", "A category cannot stand below itself.")]
    public async Task A_category_never_stands_below_itself(string language, string under, string sentence)
    {
        var tenant = await Host.NewTenantAsync(language: language);
        await tenant.AddCategoryAsync("a");
        await tenant.AddCategoryAsync("b", "a");
        await tenant.AddCategoryAsync("c", "b");
        using var response = await (await tenant.As(Roles.Admin)).PutAsJsonAsync(Path + "/a", new { name = "A", parent = under });
        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "category_cycle")).Title.ShouldBe(sentence);
    }

    [Fact]
    public async Task The_tree_has_at_most_five_levels_however_it_grows()
    {
        foreach (var (code, parent) in new[] { ("1", null), ("2", "1"), ("3", "2"), ("4", "3"), ("5", "4"), ("x", null), ("y", "x") })
            await Tenant.AddCategoryAsync(code, parent);
        using var sixth = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync(Path, new { code = "6", name = "Six", parent = "5" });
        await sixth.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "category_too_deep");
        using var branch = await ChangeAsync("x", "4");
        await branch.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "category_too_deep");
        using var fits = await ChangeAsync("x", "3");
        fits.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_parent_a_taken_code_and_an_unknown_category_are_told_apart()
    {
        await Tenant.AddCategoryAsync("a");
        var admin = await Tenant.As(Roles.Admin);
        using var orphan = await admin.PostAsJsonAsync(Path, new { code = "b", name = "B", parent = "zzz" });
        (await orphan.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("parent").ShouldBe("category_unknown");
        using var taken = await admin.PostAsJsonAsync(Path, new { code = "a", name = "A" });
        await taken.ShouldBeProblemAsync(HttpStatusCode.Conflict, "category_code_taken");
        using var absent = await ChangeAsync("zzz", null);
        await absent.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private async Task<HttpResponseMessage> ChangeAsync(string code, string? parent) =>
        await (await Tenant.As(Roles.Admin)).PutAsJsonAsync($"{Path}/{code}", new { name = "Rayon " + code, parent });

    private async Task<string> TreeAsync() => string.Join(' ', (await (await Tenant.As(Roles.Analyst)).GetJsonAsync(Path)).GetProperty("items").EnumerateArray()
        .Select(category => category.GetProperty("code").GetString()
            + (category.GetProperty("parent").GetString() is { } parent ? "<" + parent : "") + $"({category.GetProperty("products").GetInt32()})"));
}
