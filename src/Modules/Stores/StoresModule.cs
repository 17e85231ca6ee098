using EPM.Platform.Imports;
using EPM.Platform.Modules;
using EPM.Stores.Calendar;
using EPM.Stores.Contracts;
using EPM.Stores.Features;
using EPM.Stores.Imports;
using EPM.Stores.Persistence;
using EPM.Tenancy.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Stores;

public sealed class StoresModule : IModule
{
    public string Name => "stores";

    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<StoresDbContext>();
        services.AddScoped<VisibleStores>();
        services.AddSingleton<StoreMaps>();
        services.AddScoped<IStoreDirectory, StoreDirectory>();
        services.AddScoped<IScopeCodes, StoreScopeCodes>();
        services.AddScoped<IStoreOpening, StoreOpening>();
        services.AddSingleton<IStoreClosing, StoreClosing>();
        services.AddScoped<IObjectives, Objectives>();
        services.AddSingleton<EventMaps>();
        services.AddScoped<IEventCalendar, EventCalendar>();
        services.AddScoped<IFeastKeeping, FeastKeeping>();
        services.AddScoped<EventBook>();
        services.AddScoped<EventViews>();
        services.AddScoped<IImportKind, StoresImport>();
        services.AddScoped<IImportKind, ObjectivesImport>();
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
        var stores = api.MapGroup("").WithTags("Stores");
        stores.MapGet("/regions", ListRegions.Endpoint).WithName("ListRegions");
        stores.MapPost("/regions", AddRegion.Endpoint).WithName("AddRegion");
        stores.MapPut("/regions/{code}", RenameRegion.Endpoint).WithName("RenameRegion");
        stores.MapGet("/stores", ListStores.Endpoint).WithName("ListStores");
        stores.MapPost("/stores", OpenStore.Endpoint).WithName("OpenStore");
        stores.MapGet("/stores/{code}", GetStore.Endpoint).WithName("GetStore");
        stores.MapPut("/stores/{code}", ChangeStore.Endpoint).WithName("ChangeStore");
        stores.MapGet("/objectives", ListObjectives.Endpoint).WithName("ListObjectives");
        stores.MapGet("/stores/{code}/objectives", GetObjectives.Endpoint).WithName("GetObjectives");
        stores.MapPut("/stores/{code}/objectives", SetObjectives.Endpoint).WithName("SetObjectives");
        stores.MapGet("/stores/{code}/closures", GetClosures.Endpoint).WithName("GetClosures");
        stores.MapPut("/stores/{code}/closures", SetClosures.Endpoint).WithName("SetClosures");
        MapCalendar(api.MapGroup("").WithTags("Calendar"));
    }

    private static void MapCalendar(RouteGroupBuilder calendar)
    {
        calendar.MapGet("/events", ListEvents.Endpoint).WithName("ListEvents");
        calendar.MapPost("/events", AddEvent.Endpoint).WithName("AddEvent");
        calendar.MapPost("/events/propose", ProposeEvents.Endpoint).WithName("ProposeEvents");
        calendar.MapPut("/events/{id}", ChangeEvent.Endpoint).WithName("ChangeEvent");
        calendar.MapDelete("/events/{id}", RemoveEvent.Endpoint).WithName("RemoveEvent");
        calendar.MapPost("/events/{id}/move", MoveEvent.Endpoint).WithName("MoveEvent");
        calendar.MapPost("/events/{id}/confirm", ConfirmEvent.Endpoint).WithName("ConfirmEvent");
    }
}
