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
        services.AddScoped<CatalogueImports>();
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
    }
}
