using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Forecast.Outliers;

/// <summary>The services of the outlier queue and their part of the module's route table.</summary>
internal static class OutlierRoutes
{
    public static void AddOutliers(this IServiceCollection services)
    {
        services.AddScoped<OutlierQueue>();
        services.AddScoped<OpenOutliers>();
        services.AddScoped<OutlierSentences>();
    }

    public static void MapOutliers(this IEndpointRouteBuilder forecasts)
    {
        forecasts.MapGet("/forecasts/outliers", ListOutliers.Endpoint).WithName("ListOutliers");
        forecasts.MapPost("/forecasts/outliers/decide", DecideOutliers.Endpoint).WithName("DecideOutliers");
    }
}
