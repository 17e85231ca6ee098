using EPM.Forecast.Accuracy;
using EPM.Forecast.Answers;
using EPM.Forecast.Corrections;
using EPM.Forecast.Features;
using EPM.Forecast.History;
using EPM.Forecast.Landing;
using EPM.Forecast.Lives;
using EPM.Forecast.Outliers;
using EPM.Forecast.Overrides;
using EPM.Forecast.Runs;
using EPM.Forecast.Stored;
using EPM.Forecast.Sums;
using EPM.Platform.Http;
using EPM.Platform.Jobs;
using EPM.Platform.Limits;
using EPM.Platform.Modules;
using EPM.Sales.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Forecast;

public sealed class ForecastModule : IModule
{
    public string Name => "forecast";

    public void AddServices(IServiceCollection services)
    {
        services.AddOverrides();
        services.AddCorrections();
        services.AddOutliers();
        services.AddLivedAccuracy();
        services.AddScoped<KnownInAdvance>();
        services.AddScoped<HistoryReader>();
        services.AddScoped<CellReader>();
        services.AddScoped<StoredForecasts>();
        services.AddSingleton<DependencesKept>();
        services.AddScoped<Dependences>();
        services.AddScoped<Sight>();
        services.AddScoped<Words>();
        services.AddScoped<OnTheFly>();
        services.AddScoped<ForecastReader>();
        services.AddScoped<DaysAround>();
        services.AddScoped<Explained>();
        services.AddScoped<Backtested>();
        services.AddScoped<ForecastAnswer>();
        // An answer that is kept needs none of it: it is made when it is not.
        services.AddScoped<LifeStore>();
        services.AddScoped<LivedForecasts>();
        services.AddScoped<BacktestRows>();
        services.AddScoped<AccuracyReader>();
        services.AddScoped<Func<AccuracyReader>>(provider => provider.GetRequiredService<AccuracyReader>);
        services.AddScoped<CellOutlooks>();
        services.AddScoped<ForecastLister>();
        services.AddScoped<Func<ForecastLister>>(provider => provider.GetRequiredService<ForecastLister>);
        services.AddScoped<Func<ForecastAnswer>>(provider => provider.GetRequiredService<ForecastAnswer>);
        services.AddSingleton<KeptPaths>();
        services.AddSingleton<PathDrawing>();
        services.AddScoped<CellsToCome>();
        services.AddScoped<IMonthLanding, MonthLanding>();
        services.AddScoped<RunPlanner>();
        services.AddScoped<RunQueue>();
        services.AddScoped<RunViews>();
        services.AddSingleton<BatchFitter>();
        services.AddScoped<IJobHandler, RunJob>();
        services.AddScoped<Night>();
        services.AddHostedService<NightlyRuns>();
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
        var forecasts = api.MapGroup("").WithTags("Forecasts");
        forecasts.MapGet("/forecasts", ListForecasts.Endpoint).WithName("ListForecasts").Produces<ForecastListView>();
        forecasts.MapGet("/forecasts/accuracy", GetAccuracy.Endpoint).WithName("GetForecastAccuracy").Produces<AccuracyAnswer>();
        forecasts.MapGet("/forecasts/new-products", ListNewProducts.Endpoint).WithName("ListNewProducts").Produces<NewProductList>();
        forecasts.MapPut("/forecasts/{sku}/start", StartProduct.Endpoint).WithName("StartProduct").Produces(StatusCodes.Status204NoContent);
        forecasts.MapPut("/forecasts/{sku}/end", EndProduct.Endpoint).WithName("EndProduct").Produces(StatusCodes.Status204NoContent);
        forecasts.MapGet("/forecasts/{sku}", GetForecast.Endpoint).WithName("GetForecast").Produces<ForecastView>();
        forecasts.MapOverrides();
        forecasts.MapCorrections();
        forecasts.MapOutliers();
        forecasts.MapLivedAccuracy();

        var runs = api.MapGroup("").WithTags("Forecasts");
        runs.MapPost("/forecasts/runs", QueueRun.Endpoint).WithName("QueueForecastRun").Produces<QueuedRun>(StatusCodes.Status202Accepted);
        runs.MapGet("/forecasts/runs", ListRuns.Endpoint).WithName("ListForecastRuns").Produces<RunPage>();
        runs.MapGet("/forecasts/runs/{id:guid}", GetRun.Endpoint).WithName("GetForecastRun").Produces<RunView>();
        runs.MapGet("/forecasts/runs/{id:guid}/events", WatchRun.Endpoint).WithName("WatchForecastRun").Produces<RunView>(contentType: "text/event-stream").WithMetadata(Pace.Stream).TakesItsTime();
        runs.MapPost("/forecasts/runs/{id:guid}/cancel", CancelRun.Endpoint).WithName("CancelForecastRun").Produces(StatusCodes.Status204NoContent);
    }
}
