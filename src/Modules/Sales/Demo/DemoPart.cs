using EPM.Sales.Imports;

namespace EPM.Sales.Demo;

/// <summary>One file of the chain.</summary>
/// <param name="Name">Tells parts apart, the day a cut one goes to included; part of its idempotency key.</param>
/// <param name="Open">Makes the content while it is read.</param>
internal sealed record DemoPart(string Name, string Kind, string File, Func<Stream> Open)
{
    private const string SalesPrefix = "sales-";

    /// <summary>What must be there before anything is sold.</summary>
    public static IEnumerable<DemoPart> Base(DemoPlan plan, DemoFiles files)
    {
        yield return new DemoPart("stores", "stores", "magasins.csv", files.Stores);
        yield return new DemoPart("products", "products", "produits.csv", files.Products);
        for (var year = plan.Start.Year; year <= plan.LastObjective.Year; year++)
        {
            var told = year;
            yield return new DemoPart(FormattableString.Invariant($"objectives-{told}"), "objectives", FormattableString.Invariant($"objectifs-{told}.csv"), () => files.Objectives(told));
        }
    }

    /// <summary>The sales, a quarter a file.</summary>
    public static IEnumerable<DemoPart> Sales(DemoPlan plan, DemoFiles files) => plan.Quarters().Select(period => new DemoPart(
        FormattableString.Invariant($"{SalesPrefix}{period.To:yyyy-MM-dd}"), ImportKinds.Sales,
        FormattableString.Invariant($"ventes-{period.From.Year}-T{((period.From.Month - 1) / 3) + 1}.csv"), () => files.Sales(period.From, period.To)));

    /// <returns>The last day of sales that parts of these names bring, or null.</returns>
    public static DateOnly? SoldThrough(IEnumerable<string> names) => names.Where(name => name.StartsWith(SalesPrefix, StringComparison.Ordinal))
        .Select(name => (DateOnly?)DateOnly.ParseExact(name[SalesPrefix.Length..], "O")).Max();
}
