using System.Globalization;
using EPM.Platform.Security;
using EPM.Stores.Contracts;

namespace EPM.Modules.Tests.Stores;

public sealed class StoreMapTests
{
    private static readonly StoreMap Map = new(7, [new RegionSummary("sud", "Sud"), new RegionSummary("nord", "Nord")],
        [Store(2, "b", "sud"), Store(1, "a", "nord"), Store(3, "B", "nord")], []);

    [Fact]
    public void Stores_are_found_by_code_as_written_and_by_number()
    {
        Map.All.Select(store => store.Code).ShouldBe(["B", "a", "b"]);
        Map.ByCode["b"].StoreNo.ShouldBe(2);
        Map.ByNo[3].Code.ShouldBe("B");
        Map.Regions.Select(region => region.Code).ShouldBe(["nord", "sud"]);
    }

    [Fact]
    public void A_scope_shows_its_regions_or_its_stores_and_nothing_when_it_names_none()
    {
        Visible(DataScope.Everything).ShouldBe(["B", "a", "b"]);
        Visible(Chain.Regions("nord", "absente")).ShouldBe(["B", "a"]);
        Visible(Chain.Only("b")).ShouldBe(["b"]);
        Visible(Chain.Only()).ShouldBeEmpty();
        Visible(Chain.Regions()).ShouldBeEmpty();
    }

    [Fact]
    public void A_closed_store_does_no_business_from_its_closing_day_on()
    {
        var store = Store(1, "a", "nord") with { OpenedOn = new DateOnly(2026, 1, 5), ClosedOn = new DateOnly(2026, 2, 1) };
        Map.IsOpen(store, new DateOnly(2026, 1, 4)).ShouldBeFalse();
        Map.IsOpen(store, new DateOnly(2026, 1, 5)).ShouldBeTrue();
        Map.IsOpen(store, new DateOnly(2026, 1, 31)).ShouldBeTrue();
        Map.IsOpen(store, new DateOnly(2026, 2, 1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-03-29T23:30:00Z", "Europe/Paris", "2026-03-30")]
    [InlineData("2026-03-29T23:30:00Z", "Africa/Dakar", "2026-03-29")]
    [InlineData("2026-01-01T02:00:00Z", "America/New_York", "2025-12-31")]
    public void A_business_day_is_the_stores_own(string instant, string zone, string day) =>
        BusinessDay.Of(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), zone).ShouldBe(DateOnly.Parse(day, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Visible(DataScope scope) => Map.VisibleTo(scope).Select(store => store.Code);

    private static StoreSummary Store(int number, string code, string region) =>
        new(number, code, code, region, region, "SN", "XOF", "Africa/Dakar", new DateOnly(2020, 1, 1), null, null);
}
