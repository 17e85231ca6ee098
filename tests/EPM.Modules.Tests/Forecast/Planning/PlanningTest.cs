using System.Net.Http.Json;
using System.Text.Json;
using EPM.Forecast.Engine;
using EPM.Forecast.History;
using EPM.Forecast.Overrides;
using EPM.Forecast.Stored;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Forecast.Planning;

/// <summary>A chain with forecasts of known means, kept as a run keeps them, from today on.</summary>
public abstract class PlanningTest : SalesTest
{
    protected const int Horizon = 30;

    protected DateOnly Today { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    protected string Day(int ahead) => $"{Today.AddDays(ahead):yyyy-MM-dd}";

    /// <summary>Every product in every store is to sell as much a day as its number says: P1 1, P2 2, P3 3; ten times that in N2.</summary>
    protected Task ForecastAllAsync() => ForecastAsync([.. from store in new[] { "N1", "N2", "S1" } from sku in new[] { 1, 2, 3 } select (store, "P" + sku, sku * (store == "N2" ? 10.0 : 1))]);

    protected Task ForecastAsync(params (string Store, string Sku, double Mean)[] cells) => Tenant.InTransactionAsync(async (session, services) =>
    {
        var stores = await services.GetRequiredService<IStoreDirectory>().AllAsync(CancellationToken.None);
        var products = await services.GetRequiredService<IProductDirectory>().AllAsync(CancellationToken.None);
        await ForecastWriter.WriteAsync(session,
            [.. cells.Select(cell => Said(new CellKey(stores.ByCode[cell.Store].StoreNo, products.BySku[cell.Sku].ProductNo), cell.Mean))], 0, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return true;
    });

    /// <summary>What is forecast for a cell with its overrides on it, in units by day; the days of the statistical forecast where none is.</summary>
    protected Task<double?[]?> OverriddenAsync(string store, string sku, double mean) => Tenant.InScopeAsync(async services =>
    {
        var stores = await services.GetRequiredService<IStoreDirectory>().AllAsync(CancellationToken.None);
        var products = await services.GetRequiredService<IProductDirectory>().AllAsync(CancellationToken.None);
        var cell = new CellKey(stores.ByCode[store].StoreNo, products.BySku[sku].ProductNo);
        var layer = await services.GetRequiredService<OverridesInForce>().ReadAsync([cell.ProductNo], Today, CancellationToken.None);
        return layer.MeansOf(cell, Today, [.. Enumerable.Repeat(mean, Horizon)])?.Select(day => day / 10_000.0).ToArray();
    });

    protected object Item(string level, string formula, string? sku = null, string? category = null, string? store = null, string? region = null, int from = 0, int to = 0, Guid? id = null, string? expires = null) => new
    {
        id,
        level,
        sku,
        category,
        store,
        region,
        from = Day(from),
        to = Day(to),
        formula,
        reason = "Fête du quartier",
        expiresOn = expires,
    };

    protected async Task<JsonElement> OverrideAsync(object item, HttpClient? by = null)
    {
        using var response = await PutAsync(by ?? await Tenant.As(Roles.Analyst), item);
        return (await response.ShouldBeJsonAsync()).GetProperty("items")[0];
    }

    protected static Task<HttpResponseMessage> PutAsync(HttpClient client, params object[] items) => client.PutAsJsonAsync("/api/v1/forecasts/overrides", new { items });

    private CellForecast Said(CellKey key, double mean)
    {
        double[] means = [.. Enumerable.Repeat(mean, Horizon)];
        var nothing = new double[Horizon];
        var series = new Series { Id = $"{key.ProductNo}/{key.StoreNo}", Values = new double[] { 1 }, Season = 7, First = Today.AddDays(-1) };
        var cell = new CellSeries(key, series, Horizon, Today.AddDays(-60), Today.AddDays(-1), Today.AddDays(-1), [.. Enumerable.Repeat(true, Horizon)], 1);
        var quantiles = means.SelectMany(value => Prediction.Levels.Select(level => value * 2 * level)).ToArray();
        return new CellForecast(cell, new SeriesForecast(series.Id, Standing.Short, new Prediction(means, quantiles), [.. Enumerable.Repeat(mean * 1.5, Horizon)],
            new Recipe([new Ingredient("theta", "Theta", 1)], 1, 1), null, [], new Explanation(means, nothing, nothing, nothing, nothing, nothing, nothing)), "short", Trained: true);
    }
}
