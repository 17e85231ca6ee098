using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Stores;

public sealed class CalendarTests : FeatureTest
{
    private const string Objectives = "/api/v1/stores/N1/objectives";
    private const string Closures = "/api/v1/stores/N1/closures";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.OpenTwoRegionsAsync();
    }

    [Fact]
    public async Task Objectives_are_set_replaced_and_removed_month_by_month()
    {
        var admin = await Tenant.As(Roles.Admin);
        await PutAsync(admin, Objectives,
            new { month = "2026-01", revenue = 100m }, new { month = "2026-02", revenue = 200.5m }, new { month = "2027-01", revenue = 1m });
        using var second = await admin.PutAsJsonAsync(Objectives, new
        {
            items = new[] { new { month = "2026-02", revenue = (decimal?)250 }, new { month = "2026-01", revenue = (decimal?)null } },
        });
        (await second.ShouldBeJsonAsync()).ToString().ShouldBe("""{"items":[{"month":"2026-02","revenue":250}]}""");
        (await admin.GetJsonAsync(Objectives + "?year=2026")).ToString().ShouldBe("""{"items":[{"month":"2026-02","revenue":250}]}""");
        (await admin.GetJsonAsync(Objectives + "?year=2027")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Other_modules_read_objectives_of_a_range_of_months_at_once()
    {
        var admin = await Tenant.As(Roles.Admin);
        await PutAsync(admin, Objectives,
            new { month = "2025-12", revenue = 1m }, new { month = "2026-01", revenue = 2m }, new { month = "2026-03", revenue = 3m });
        await PutAsync(admin, "/api/v1/stores/S1/objectives", new { month = "2026-01", revenue = 9m });
        var (all, first) = await Tenant.InScopeAsync(async services =>
        {
            var objectives = services.GetRequiredService<IObjectives>();
            var (from, to) = (new DateOnly(2026, 1, 20), new DateOnly(2026, 2, 3));
            var number = (await services.GetRequiredService<IStoreDirectory>().AllAsync(CancellationToken.None)).ByCode["N1"].StoreNo;
            return (await objectives.MonthlyAsync(null, from, to, CancellationToken.None),
                await objectives.MonthlyAsync([number], from, to, CancellationToken.None));
        });
        all.Select(objective => objective.Revenue).ShouldBe([2m, 9m]);
        first.Single().ShouldBe(new StoreObjective(all[0].StoreNo, new DateOnly(2026, 1, 1), 2m));
    }

    [Fact]
    public async Task The_objectives_of_a_month_are_listed_for_the_stores_one_sees()
    {
        var admin = await Tenant.As(Roles.Admin);
        await PutAsync(admin, Objectives, new { month = "2026-01", revenue = 2m }, new { month = "2026-02", revenue = 3m });
        await PutAsync(admin, "/api/v1/stores/S1/objectives", new { month = "2026-01", revenue = 9m });
        (await admin.GetJsonAsync("/api/v1/objectives?month=2026-01")).ToString()
            .ShouldBe("""{"items":[{"store":"N1","month":"2026-01","revenue":2},{"store":"S1","month":"2026-01","revenue":9}]}""");
        var regional = await Tenant.As(Roles.RegionalManager, Chain.Regions("sud"));
        (await regional.GetJsonAsync("/api/v1/objectives?month=2026-01")).ToString()
            .ShouldBe("""{"items":[{"store":"S1","month":"2026-01","revenue":9}]}""");
        using var broken = await admin.GetAsync("/api/v1/objectives?month=2026-1");
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("2026-13", 1, "items[0].month", "month_format")]
    [InlineData("2026-1", 1, "items[0].month", "month_format")]
    [InlineData("2026-01", -1, "items[0].revenue", "InclusiveBetweenValidator")]
    public async Task A_broken_objective_is_named_by_its_place(string month, int revenue, string field, string code)
    {
        using var response = await (await Tenant.As(Roles.Admin)).PutAsJsonAsync(Objectives, new { items = new[] { new { month, revenue } } });
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf(field).ShouldBe(code);
    }

    [Fact]
    public async Task A_month_told_twice_and_an_empty_item_are_refused()
    {
        var admin = await Tenant.As(Roles.Admin);
        using var twice = await admin.PutAsJsonAsync(
            Objectives, new { items = new[] { new { month = "2026-01", revenue = 1 }, new { month = "2026-01", revenue = 2 } } });
        (await twice.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("items").ShouldBe("month_twice");
        using var empty = await admin.PutAsJsonAsync(Objectives, new { items = new object?[] { null } });
        (await empty.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("items").ShouldBe("NotNullValidator");
    }

    [Fact]
    public async Task Closures_are_replaced_as_a_whole_and_close_the_store_on_both_ends()
    {
        var admin = await Tenant.As(Roles.Admin);
        await PutAsync(admin, Closures, new { from = "2025-05-01", to = "2025-05-03", reason = "Inventaire" });
        await PutAsync(admin, Closures,
            new { from = "2026-08-10", to = "2026-08-19", reason = "Travaux" }, new { from = "2026-01-01", to = "2026-01-01", reason = "Jour de l’an" });
        var told = (await admin.GetJsonAsync(Closures)).GetProperty("items").EnumerateArray().Select(closure => closure.GetProperty("from").GetString());
        told.ShouldBe(["2026-01-01", "2026-08-10"]);

        var map = await Tenant.InScopeAsync(async services => await services.GetRequiredService<IStoreDirectory>().AllAsync(CancellationToken.None));
        var store = map.ByCode["N1"];
        new[] { 9, 10, 19, 20 }.Select(day => map.IsOpen(store, new DateOnly(2026, 8, day))).ShouldBe([true, false, false, true]);
        map.IsOpen(store, store.OpenedOn.AddDays(-1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-01-10", "2026-01-12", "items", "closures_overlap")]
    [InlineData("2026-02-02", "2026-02-01", "items[1].to", "closure_ends_before_start")]
    public async Task Closures_that_make_no_sense_are_refused(string from, string to, string field, string code)
    {
        using var response = await (await Tenant.As(Roles.Admin)).PutAsJsonAsync(Closures, new
        {
            items = new[] { new { from = "2026-01-01", to = "2026-01-10", reason = "A" }, new { from, to, reason = "B" } },
        });
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf(field).ShouldBe(code);
    }

    private static async Task PutAsync(HttpClient client, string path, params object[] items)
    {
        using var response = await client.PutAsJsonAsync(path, new { items });
        await response.ShouldBeJsonAsync();
    }
}
