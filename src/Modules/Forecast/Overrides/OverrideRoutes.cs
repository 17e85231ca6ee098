using EPM.Forecast.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Forecast.Overrides;

/// <summary>The services of overrides and their part of the module's route table.</summary>
internal static class OverrideRoutes
{
    public static void AddOverrides(this IServiceCollection services)
    {
        services.AddScoped<PlanningDbContext>();
        // What reads begins its transaction later than it is made.
        services.AddScoped<Func<PlanningDbContext>>(provider => provider.GetRequiredService<PlanningDbContext>);
        services.AddScoped<StatisticalMeans>();
        services.AddScoped<OverridesInForce>();
        services.AddScoped<OverriddenAhead>();
        services.AddScoped<OverrideEffects>();
        services.AddScoped<OverrideViews>();
    }

    public static void MapOverrides(this IEndpointRouteBuilder forecasts)
    {
        forecasts.MapGet("/forecasts/overrides", ListOverrides.Endpoint).WithName("ListOverrides");
        forecasts.MapPut("/forecasts/overrides", SetOverrides.Endpoint).WithName("SetOverrides");
        forecasts.MapPost("/forecasts/overrides/preview", PreviewOverride.Endpoint).WithName("PreviewOverride");
        forecasts.MapDelete("/forecasts/overrides/{id:guid}", WithdrawOverride.Endpoint).WithName("WithdrawOverride");
    }
}
