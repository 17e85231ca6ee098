using EPM.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Stores;

public sealed class StoresModule : IModule
{
    public string Name => "stores";

    public void AddServices(IServiceCollection services)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
    }
}
