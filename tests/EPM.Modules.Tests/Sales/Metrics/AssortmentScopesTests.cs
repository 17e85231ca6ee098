using System.Net;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Metrics;

/// <summary>A buyer sees the categories bought for, with all below them, and nothing of the rest.</summary>
public sealed class AssortmentScopesTests : FiguresTest
{
    [Theory]
    [InlineData("a", "4720 3 1573")]
    [InlineData("a1", "2360 2 1180")]
    [InlineData("b", "2350 2 1175")]
    [InlineData("a1,b", "4710 - -")]
    [InlineData("a,a1", "4720 3 1573")]
    public async Task Figures_are_those_of_the_categories_seen_and_tickets_of_several_are_not_added_up(string categories, string total)
    {
        var buyer = await BuyerAsync(categories.Split(','));
        (await AskAsync($"metrics=revenue,tickets,basket&{October}", buyer))[^1].ShouldBe("total: " + total);
        (await AskAsync($"metrics=revenue,tickets,basket&by=store&{October}", buyer))[^1].ShouldBe("total: " + total);
        var card = (await buyer.GetJsonAsync($"/api/v1/dashboard?{October}")).GetProperty("cards")[0];
        (card.GetProperty("metric").GetString(), Number(card.GetProperty("value"))).ShouldBe(("revenue", total.Split(' ')[0]));
    }

    [Fact]
    public async Task A_scope_whose_category_is_not_there_shows_nothing_rather_than_everything()
    {
        var buyer = await BuyerAsync("b");
        await Tenant.InTransactionAsync(async (session, _) =>
        {
            await using var lose = session.Command("UPDATE tenancy.app_user SET scope_categories = '{gone}' WHERE scope_categories = '{b}'");
            return await lose.ExecuteNonQueryAsync();
        });
        (await AskAsync($"metrics=revenue,tickets,basket&{October}", buyer))[^1].ShouldBe("total: 0 0 -");
    }

    [Fact]
    public async Task What_is_known_of_whole_stores_only_is_not_shown()
    {
        var buyer = await BuyerAsync("a1", "b");
        var view = await buyer.GetJsonAsync($"/api/v1/dashboard?{October}&compare=objective");
        view.GetProperty("heat").GetArrayLength().ShouldBe(0);
        view.GetProperty("categories").EnumerateArray().Select(category => $"{category.GetProperty("code")} {category.GetProperty("parent")} {category.GetProperty("revenue")}").ShouldBe(["a1  2360", "b  2350"]);
        view.GetProperty("cards").EnumerateArray().Single(card => card.GetProperty("metric").GetString() == "objective-attainment").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        view.GetProperty("stores").EnumerateArray().Sum(store => store.GetProperty("revenue").GetDecimal()).ShouldBe(4710);
        (await AskAsync($"metrics=objective&{October}", buyer))[^1].ShouldBe("total: -");
        using var hours = await buyer.GetAsync($"/api/v1/metrics/query?metrics=revenue&by=hour&{October}");
        await hours.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "hours_of_whole_stores");
    }

    [Theory]
    [InlineData("metrics/query?metrics=revenue&category=a&", "filter_category_unknown")]
    [InlineData("metrics/query?metrics=revenue&product=P1&", "filter_product_unknown")]
    [InlineData("dashboard?category=a1&", "filter_category_unknown")]
    [InlineData("sales/tickets?product=P3&", "filter_product_unknown")]
    public async Task Other_categories_are_as_unknown_as_what_does_not_exist(string path, string code)
    {
        using var response = await (await BuyerAsync("b")).GetAsync($"/api/v1/{path}{October}");
        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, code);
    }

    [Fact]
    public async Task Rows_labels_and_lists_name_nothing_of_other_categories()
    {
        var buyer = await BuyerAsync("a1");
        (await AskAsync($"metrics=revenue&by=product&{October}", buyer)).Length.ShouldBe(2, "one product and the total");
        (await buyer.GetJsonAsync("/api/v1/categories")).GetProperty("items").EnumerateArray()
            .Select(category => $"{category.GetProperty("code")} {category.GetProperty("parent")}").ShouldBe(["a1 "]);
        var seen = (await buyer.GetJsonAsync("/api/v1/products")).GetProperty("items").EnumerateArray().Select(product => product.GetProperty("sku").GetString()).ToArray();
        seen.Length.ShouldBe(1);
        (await buyer.GetJsonAsync("/api/v1/products?category=b")).GetProperty("total").GetInt32().ShouldBe(0);
        foreach (var sku in new[] { "P1", "P2", "P3" })
            (await buyer.GetAsync("/api/v1/products/" + sku)).StatusCode.ShouldBe(seen.Contains(sku) ? HttpStatusCode.OK : HttpStatusCode.NotFound, sku);
    }

    [Fact]
    public async Task A_ticket_shows_the_lines_of_the_categories_seen()
    {
        var buyer = await BuyerAsync("b");
        var tickets = await buyer.GetJsonAsync($"/api/v1/sales/tickets?{October}");
        tickets.GetProperty("items").EnumerateArray().Select(ticket => $"{ticket.GetProperty("ticket")} {ticket.GetProperty("lines")} {ticket.GetProperty("revenue")}").ShouldBe(["T5 1 1900", "T1 1 450"]);
        var one = await buyer.GetJsonAsync("/api/v1/sales/tickets/N1/T1");
        one.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("sku").GetString()).ShouldBe(["P2"]);
        one.GetProperty("revenue").GetDecimal().ShouldBe(450);
        (await buyer.GetAsync("/api/v1/sales/tickets/N1/T2")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Files_and_edits_which_concern_any_product_are_closed_to_whoever_sees_a_part()
    {
        var director = await Tenant.As(Roles.Director, DataScope.Everything with { Categories = ["a"] });
        (await director.GetAsync("/api/v1/imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await director.PostAsync("/api/v1/imports?kind=sales", new StringContent(Sales))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await director.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString())
            .ShouldNotContain(permission => permission!.StartsWith("imports.", StringComparison.Ordinal) || permission == "catalogue.edit");
    }

    [Fact]
    public async Task Answers_kept_for_one_scope_are_not_given_to_another()
    {
        foreach (var (categories, revenue) in new[] { ("a", "4720"), ("b", "2350"), ("a1", "2360") })
            (await AskAsync($"metrics=revenue&{October}", await BuyerAsync(categories)))[^1].ShouldBe("total: " + revenue);
        var everything = DataScope.Everything;
        new[] { everything, everything with { Categories = ["a"] }, everything with { SeesCost = false }, everything with { Regions = ["nord"] } }.Select(scope => scope.Key).Distinct().Count().ShouldBe(4);
    }

    private Task<HttpClient> BuyerAsync(params string[] categories) => Tenant.As(Roles.Analyst, DataScope.Everything with { Categories = categories });
}
