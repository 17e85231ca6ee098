using EPM.Forecast.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Forecast.Corrections;

/// <summary>The services of corrections and their part of the module's route table.</summary>
internal static class CorrectionRoutes
{
    public static void AddCorrections(this IServiceCollection services)
    {
        services.AddScoped<CorrectionViews>();
        services.AddScoped<CorrectionWriter>();
    }

    public static void MapCorrections(this IEndpointRouteBuilder forecasts)
    {
        forecasts.MapGet("/forecasts/corrections", ListCorrections.Endpoint).WithName("ListCorrections");
        forecasts.MapPut("/forecasts/corrections", SetCorrections.Endpoint).WithName("SetCorrections");
        forecasts.MapDelete("/forecasts/corrections/{id:guid}", RemoveCorrection.Endpoint).WithName("RemoveCorrection");
    }
}
