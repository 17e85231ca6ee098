using EPM.Platform.Modules;
using EPM.Stores.Contracts;
using EPM.Stores.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Stores;

public sealed class StoresModule : IModule
{
    public string Name => "stores";

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<StoreMaps>();
        services.AddScoped<IStoreDirectory, StoreDirectory>();
        services.AddScoped<IStoreOpening, StoreOpening>();
        services.AddScoped<IObjectives, Objectives>();
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
    }
}
