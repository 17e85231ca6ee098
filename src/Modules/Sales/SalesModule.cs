using EPM.Platform.Modules;
using EPM.Sales.Catalogue;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Sales;

public sealed class SalesModule : IModule
{
    public string Name => "sales";

    public void AddServices(IServiceCollection services)
    {
        services.AddCatalogue();
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
        api.MapCatalogue();
    }
}
