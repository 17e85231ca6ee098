using System.Globalization;
using System.Text;

namespace EPM.Sales.Demo;

/// <summary>The chain's files, as its till system and its head office would send them.</summary>
internal sealed class DemoFiles(DemoPlan plan, DemoSales sales)
{
    /// <summary>Stores, with the regions they are the first to name.</summary>
    public Stream Stores() => Text("code,name,region,region_name,country,currency,surface,opened_on,time_zone", sales.Stores.Select(store => Line(
        $"{store.Code},{store.Name},{store.Region},{DemoStores.Regions[store.Region]},{store.Country},XOF,{store.Surface},{store.OpenedOn:yyyy-MM-dd},{store.TimeZone}")));

    /// <summary>All products at the prices of the plan's first day.</summary>
    public Stream Products()
    {
        var (sale, cost) = (sales.Prices.SaleOn(plan.Start), sales.Prices.CostOn(plan.Start));
        return Text("sku,name,category,purchase_price,sale_price,tax_rate", sales.Assortment.All.Select(product => Line(
            $"{product.Sku},\"{product.Name}\",{product.Leaf.Code},{cost[product.Index]},{sale[product.Index]},{product.Leaf.TaxRate}")));
    }

    /// <summary>Objectives of every month a store is open in, of one year.</summary>
    public Stream Objectives(int year) => Text("store,month,revenue",
        from month in plan.Months()
        where month.Year == year
        from store in sales.Stores
        let revenue = sales.Objective(store, month)
        where revenue > 0
        select Line($"{store.Code},{month:yyyy-MM},{revenue}"));

    /// <summary>Sale lines of a period, day by day as the stores close.</summary>
    public Stream Sales(DateOnly from, DateOnly to) => new PiecewiseStream(new SalesCsv(sales).Days(from, to));

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static MemoryStream Text(string header, IEnumerable<string> lines) => new(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(header)) + "\n"));
}
