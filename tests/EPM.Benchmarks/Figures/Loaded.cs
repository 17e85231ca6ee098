using EPM.Benchmarks.Data;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Figures;

/// <summary>A site with its lines imported, and what the generator knows of them.</summary>
/// <param name="Till">The file in the canonical layout.</param>
internal sealed record Loaded(Site Site, SalesFiles Files, Sums Sums, string Till, long Lines)
{
    public string Label { get; } = Lines >= 1_000_000 ? $"{Lines / 1_000_000} M lines" : $"{Lines / 1000} k lines";

    /// <summary>Holds every total of the API against the generator's own.</summary>
    public async Task CheckAsync()
    {
        var answer = await Site.GetAsync($"/api/v1/metrics/query?metrics=revenue,revenue-net,tickets,units&by=store&from={Shape.First:yyyy-MM-dd}&to={Shape.Last:yyyy-MM-dd}");
        var totals = answer.GetProperty("totals").GetProperty("values");
        Equal("revenue", Whole(Sums.Revenue(Shape.First, Shape.Last)), totals.GetProperty("revenue").GetDecimal());
        Equal("revenue without tax", Whole(Sums.Net / 10_000m), totals.GetProperty("revenue-net").GetDecimal());
        Equal("tickets", Sums.Tickets(Shape.First, Shape.Last), totals.GetProperty("tickets").GetDecimal());
        Equal("units", Sums.Units / 10_000m, totals.GetProperty("units").GetDecimal());
        foreach (var row in answer.GetProperty("rows").EnumerateArray())
        {
            var code = row.GetProperty("keys").GetProperty("store").GetString()!;
            var store = Enumerable.Range(0, Shape.Stores).First(i => Shape.StoreCode(i) == code);
            Equal($"tickets of {code}", Sums.Tickets(Shape.First, Shape.Last, store), row.GetProperty("values").GetProperty("tickets").GetDecimal());
        }
    }

    private static decimal Whole(decimal amount) => decimal.Round(amount, 0, MidpointRounding.AwayFromZero);

    private static void Equal(string what, decimal expected, decimal told)
    {
        if (expected != told)
            throw new ImpossibleException($"The API tells {told} of {what}, and the file holds {expected}");
    }
}
