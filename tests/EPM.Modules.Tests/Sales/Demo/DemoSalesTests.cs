using EPM.Sales.Demo;

namespace EPM.Modules.Tests.Sales.Demo;

/// <summary>The chain's life without a database.</summary>
public sealed class DemoSalesTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly DemoPlan Plan = DemoPlan.Of(DemoPlan.StartFor(Today, DemoScale.Full), Today, DemoScale.Full);
    private static readonly DemoSales Sales = new(Plan);

    [Fact]
    public void Three_years_are_made_up_to_yesterday() =>
        (Plan.Start, Plan.End).ShouldBe((new DateOnly(2023, 11, 1), new DateOnly(2026, 11, 20)));

    [Fact]
    public async Task The_same_days_are_the_same_bytes_whatever_was_made_before()
    {
        var (from, to) = (new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 9));
        var once = await BytesAsync(new DemoSales(Plan), from, to);
        var again = new DemoSales(Plan);
        await BytesAsync(again, new DateOnly(2024, 1, 1), new DateOnly(2024, 1, 4));
        (await BytesAsync(again, from, to)).ShouldBe(once);
    }

    [Fact]
    public async Task Another_today_moves_the_end_and_nothing_else()
    {
        var later = Plan with { End = Plan.End.AddDays(9) };
        var from = Plan.End.AddDays(-4);
        var before = await BytesAsync(Sales, from, Plan.End);
        var after = await BytesAsync(new DemoSales(later), from, later.End);
        after.AsSpan(0, before.Length).SequenceEqual(before).ShouldBeTrue();
        after.Length.ShouldBeGreaterThan(before.Length);
        new DemoSales(later).Objective(Sales.Stores[0], new DateOnly(2026, 12, 1)).ShouldBe(Sales.Objective(Sales.Stores[0], new DateOnly(2026, 12, 1)));
    }

    [Fact]
    public void The_quarters_cover_every_day_once()
    {
        var quarters = Plan.Quarters().ToArray();
        quarters[0].From.ShouldBe(Plan.Start);
        quarters[^1].To.ShouldBe(Plan.End);
        quarters.Zip(quarters.Skip(1)).ShouldAllBe(pair => pair.First.To.AddDays(1) == pair.Second.From);
    }

    [Fact]
    public void The_days_before_Tabaski_sell_well_above_a_usual_week()
    {
        // The feast of 2026 fell on 28 May in Senegal's count by this calendar.
        var feast = Festivals.Tabaski(Plan.Start, Plan.End).Single(day => day.Year == 2026);
        feast.ShouldBe(new DateOnly(2026, 5, 28));
        Week(feast.AddDays(-7)).ShouldBeGreaterThan(1.35 * Week(feast.AddDays(-28)));
        Tickets(feast).ShouldBeLessThan(0.5 * Tickets(feast.AddDays(-14)));
    }

    [Theory]
    [InlineData("2024-06-17")]
    [InlineData("2025-06-07")]
    public void Tabaski_falls_where_Senegal_kept_it(string day) =>
        Festivals.Tabaski(Plan.Start, Plan.End).ShouldContain(DateOnly.ParseExact(day, "O"));

    [Fact]
    public void The_pilgrimage_fills_the_store_at_Touba_and_hardly_another()
    {
        var magal = new DateOnly(2024, 8, 23);
        Festivals.Magal(Plan.Start, Plan.End).ShouldContain(magal);
        double Rise(string code) => Week(magal.AddDays(-7), Store(code)) / Week(magal.AddDays(-28), Store(code));
        Rise(DemoStores.Pilgrims).ShouldBeGreaterThan(1.5);
        Rise("cocody").ShouldBeLessThan(1.4);
    }

    [Fact]
    public void A_store_under_works_sells_nothing_while_they_last()
    {
        var store = Store(DemoStores.UnderWorks);
        (Plan.Works.To.DayNumber - Plan.Works.From.DayNumber).ShouldBe(9);
        Days(Plan.Works.From, Plan.Works.To).ShouldAllBe(day => Sales.Of(store, day).Count == 0);
        Sales.Of(store, Plan.Works.From.AddDays(-1)).ShouldNotBeEmpty();
        Sales.Of(store, Plan.Works.To.AddDays(1)).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_store_of_the_second_year_has_no_life_before_its_opening()
    {
        var store = Store(DemoStores.OpenedLate);
        store.OpenedOn.ShouldBe(new DateOnly(2025, 3, 10));
        Days(Plan.Start, store.OpenedOn.AddDays(-1)).ShouldAllBe(day => Sales.Of(store, day).Count == 0);
        Sales.Of(store, store.OpenedOn).ShouldNotBeEmpty();
        Sales.Objective(store, new DateOnly(2025, 2, 1)).ShouldBe(0);
    }

    [Fact]
    public void A_product_a_store_has_run_out_of_is_not_sold_there()
    {
        var (store, day) = (Sales.Stores[0], new DateOnly(2026, 4, 14));
        var outs = new Shelves(Assortment.Whole).Outs(store, day);
        outs.ShouldNotBeEmpty();
        foreach (var wanting in outs)
        {
            var days = Days(new DateOnly(2026, 4, wanting.From), new DateOnly(2026, 4, Math.Min(wanting.To, 30)));
            days.SelectMany(date => Sales.Of(store, date).ToArray()).ShouldNotContain(line => line.Product == wanting.Product && line.Quantity > 0);
        }
    }

    [Fact]
    public void Lines_are_what_a_till_of_the_region_would_print()
    {
        var lines = Sales.Stores.SelectMany(store => Days(new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 14)).SelectMany(day => Sales.Of(store, day).ToArray())).ToArray();
        lines.ShouldAllBe(line => line.UnitPrice % 5 == 0 && line.Discount % 5 == 0 && line.Discount >= 0 && (long)line.Quantity * line.UnitPrice % 1000 == 0);
        lines.ShouldAllBe(line => line.Second >= 8 * 3600 && line.Second < 23 * 3600);
        (lines.Count(line => line.Quantity < 0) / (double)lines.Length).ShouldBeInRange(0.005, 0.015);
        lines.Count(line => line.Discount > 0).ShouldBeGreaterThan(lines.Length / 50);
    }

    [Fact]
    public void A_thousand_products_stand_in_a_tree()
    {
        var assortment = Assortment.Whole;
        assortment.All.Count.ShouldBe(1000);
        assortment.All.Select(product => product.Sku).ShouldBeUnique();
        assortment.All.Select(product => product.Name).ShouldBeUnique();
        assortment.Categories.Select(category => category.Code).ShouldBeUnique();
        assortment.Categories.Count(category => category.Parent is null).ShouldBe(9);
        assortment.Leaves.Count.ShouldBe(37);
        assortment.All.ShouldContain(product => product.Name == "Riz brisé parfumé Jolof 25 kg" && product.Price == 14_500);
        Sales.Prices.Changes.ShouldBe([new(2024, 2, 1), new(2024, 8, 1), new(2025, 2, 1), new(2025, 8, 1), new(2026, 2, 1), new(2026, 8, 1)]);
        Sales.Prices.Changes.ShouldAllBe(day => Sales.Prices.ChangedOn(day).Count() > 200);
    }

    private static DemoStore Store(string code) => Sales.Stores.Single(store => store.Code == code);

    private static double Tickets(DateOnly day, DemoStore? only = null) =>
        Sales.Stores.Where(store => only is null || store == only).Sum(store => Sales.Of(store, day).LastOrDefault().Ticket);

    private static double Week(DateOnly from, DemoStore? only = null) => Days(from, from.AddDays(6)).Sum(day => Tickets(day, only));

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) =>
        Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);

    private static async Task<byte[]> BytesAsync(DemoSales sales, DateOnly from, DateOnly to)
    {
        await using var file = new DemoFiles(Plan, sales).Sales(from, to);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        return copy.ToArray();
    }
}
