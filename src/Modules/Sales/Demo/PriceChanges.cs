using System.Globalization;
using EPM.Platform.Imports;
using EPM.Platform.Persistence;
using EPM.Sales.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Sales.Demo;

/// <summary>Applies a price list by the kind of import that products have, on the day the list began.</summary>
internal static class PriceChanges
{
    private static readonly FieldFormat Format = new('.', DateOrder.YearMonthDay);

    public static async Task ApplyAsync(TenantSession session, IServiceProvider services, DemoSales sales, DateOnly day, CancellationToken ct)
    {
        var (sale, cost) = (sales.Prices.SaleOn(day), sales.Prices.CostOn(day));
        var rows = sales.Prices.ChangedOn(day).Select((product, at) => new ImportRow(at + 2, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["sku"] = sales.Assortment.All[product].Sku,
            ["sale_price"] = sale[product].ToString(CultureInfo.InvariantCulture),
            ["purchase_price"] = cost[product].ToString(CultureInfo.InvariantCulture),
        }, Format)).ToArray();
        var import = ActivatorUtilities.CreateInstance<ProductsImport>(services, new Midday(day));
        var outcomes = await import.ApplyAsync(session, rows, ct);
        if (outcomes.Any(outcome => outcome.State == RowState.Rejected))
            throw new DemoFailedException(FormattableString.Invariant($"the price list of {day:yyyy-MM-dd} was not taken whole"));
    }

    /// <summary>A clock that stands at noon of a day.</summary>
    private sealed class Midday(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day, new TimeOnly(12, 0), TimeSpan.Zero);
    }
}
