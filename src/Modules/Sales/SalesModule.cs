using EPM.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Sales;

public sealed class SalesModule : IModule
{
    public string Name => "sales";

    public void AddServices(IServiceCollection services)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
    }
}
