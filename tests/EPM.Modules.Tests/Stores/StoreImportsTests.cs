using EPM.Platform.Imports;
using EPM.Platform.Localisation;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Stores;

public sealed class StoreImportsTests : FeatureTest
{
    [Fact]
    public async Task A_file_opens_stores_and_regions_and_the_same_file_changes_nothing()
    {
        string[] file =
        [
            "code=DK1;name=Sandaga;region=dakar;region_name=Dakar;surface=1 200,5;opened_on=01/02/2020",
            "code=DK2;region=dakar;country=ci;currency=xof;opened_on=2021-05-06;closed_on=2026-01-01;time_zone=Africa/Abidjan",
        ];
        States(await ApplyAsync("stores", file)).ShouldBe("Added Added");
        States(await ApplyAsync("stores", file)).ShouldBe("Unchanged Unchanged");
        var store = await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/stores/DK1");
        store.GetProperty("name").GetString().ShouldBe("Sandaga");
        store.GetProperty("surface").GetDecimal().ShouldBe(1200.5m);
        store.GetProperty("openedOn").GetString().ShouldBe("2020-02-01");
        store.GetProperty("region").GetProperty("name").GetString().ShouldBe("Dakar");
    }

    [Fact]
    public async Task An_empty_field_leaves_what_the_store_has()
    {
        await ApplyAsync("stores", "code=DK1;name=Sandaga;region=dakar;surface=900;opened_on=2020-02-01");
        States(await ApplyAsync("stores",
            "code=DK1;name=Sandaga 2", "code=DK1;region=dakar;region_name=Grand Dakar", "code=DK1")).ShouldBe("Updated Updated Unchanged");
        var store = await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/stores/DK1");
        (store.GetProperty("name").GetString(), store.GetProperty("surface").GetDecimal()).ShouldBe(("Sandaga 2", 900m));
        store.GetProperty("region").GetProperty("name").GetString().ShouldBe("Grand Dakar");
    }

    [Theory]
    [InlineData("name=Sans code", "code", "import_required")]
    [InlineData("code=a,b", "code", "code_format")]
    [InlineData("code=X;country=Senegal", "country", "country_format")]
    [InlineData("code=X;currency=ZZZ", "currency", "currency_unknown")]
    [InlineData("code=X;surface=grand", "surface", "import_not_a_number")]
    [InlineData("code=X;surface=-3", "surface", "surface_range")]
    [InlineData("code=X;opened_on=31/02/2020", "opened_on", "import_not_a_date")]
    [InlineData("code=X;opened_on=2020-01-02;closed_on=2020-01-01", "closed_on", "store_closed_before_opening")]
    [InlineData("code=X;time_zone=Dakar", "time_zone", "time_zone_unknown")]
    public async Task A_rejected_row_says_why_and_what_to_do_and_changes_nothing(string row, string column, string code)
    {
        var error = (await ApplyAsync("stores", row)).Single().Errors.Single();
        (error.Column, error.Code).ShouldBe((column, code));
        var texts = Host.Services.GetRequiredService<Texts>();
        foreach (var language in Texts.Languages)
        {
            texts.Codes(language).ShouldContain(error.Code);
            texts.Codes(language).ShouldContain(error.Code + ".fix");
        }
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/stores")).Codes().ShouldBeEmpty();
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/regions")).Codes().ShouldBeEmpty();
    }

    [Fact]
    public async Task Objectives_are_filed_by_store_and_month()
    {
        await Tenant.OpenTwoRegionsAsync();
        var outcomes = await ApplyAsync("objectives",
            "store=N1;month=2026-10;revenue=1 000 000", "store=N1;month=10/2026;revenue=1000000", "store=N1;month=2026-10-31;revenue=5",
            "store=XX;month=2026-10;revenue=5", "store=N1;revenue=-5");
        States(outcomes).ShouldBe("Added Unchanged Updated Rejected Rejected");
        outcomes[3].Errors.Single().ShouldBe(new RowError("store", "objective_store_unknown", "XX"));
        outcomes[4].Errors.Select(error => error.Code).ShouldBe(["import_required", "objective_range"]);
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/stores/N1/objectives?year=2026")).ToString()
            .ShouldBe("""{"items":[{"month":"2026-10","revenue":5}]}""");
    }

    private Task<IReadOnlyList<RowOutcome>> ApplyAsync(string kind, params string[] rows) => Tenant.ApplyAsync(kind, rows);

    private static string States(IEnumerable<RowOutcome> outcomes) => string.Join(' ', outcomes.Select(outcome => outcome.State));
}
