using EPM.Forecast.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Forecast.Accuracy;

/// <summary>The services of lived accuracy and their part of the module's route table.</summary>
internal static class AccuracyServices
{
    public static void AddLivedAccuracy(this IServiceCollection services)
    {
        services.AddScoped<PastReader>();
        services.AddScoped<PastNotes>();
        services.AddScoped<PastForecasts>();
        services.AddScoped<PastScores>();
        services.AddScoped<PastOverrides>();
        services.AddScoped<OverrideScores>();
        services.AddScoped<Drifts>();
        services.AddScoped<LivedRows>();
        services.AddScoped<Aftermath>();
    }

    public static void MapLivedAccuracy(this IEndpointRouteBuilder forecasts) =>
        forecasts.MapGet("/forecasts/value-added", GetValueAdded.Endpoint).WithName("GetValueAdded");
}
