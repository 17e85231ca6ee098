using EPM.Platform.Http;
using EPM.Platform.Idempotency;
using EPM.Platform.Imports;
using EPM.Platform.Jobs;
using EPM.Platform.Limits;
using EPM.Platform.Modules;
using EPM.Sales.Catalogue;
using EPM.Sales.Contracts;
using EPM.Sales.Dashboards;
using EPM.Sales.Demo;
using EPM.Sales.History;
using EPM.Sales.Imports;
using EPM.Sales.Imports.Features;
using EPM.Sales.Imports.Running;
using EPM.Sales.Metrics;
using EPM.Sales.Rollups;
using EPM.Sales.Tickets;
using EPM.Stores.Contracts;
using EPM.Tenancy.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Sales;

public sealed class SalesModule : IModule
{
    public string Name => "sales";

    public void AddServices(IServiceCollection services)
    {
        services.AddCatalogue();
        services.AddScoped<IRollupRebuild, RollupRebuild>();
        services.AddScoped<IStoreUsage, StoreUsage>();
        services.AddScoped<ITenantStorage, SalesStorage>();
        services.AddScoped<IScopeCodes, CategoryScopeCodes>();
        services.AddScoped<ImportKinds>();
        services.AddScoped<MappingStore>();
        services.AddScoped<ImportViews>();
        services.AddScoped<IJobHandler, ImportJob>();
        services.AddSingleton<ProductMaps>();
        services.AddScoped<IProductDirectory, ProductDirectory>();
        services.AddScoped<ISalesHistory, SalesHistory>();
        services.AddScoped<ISoldPrices, SoldPrices>();
        services.AddSingleton<SalesFactsKept>();
        services.AddScoped<SalesFactsReader>();
        services.AddScoped<SalesFilters>();
        services.AddScoped<MetricReader>();
        services.AddScoped<MetricAnswers>();
        services.AddScoped<LandingReader>();
        services.AddScoped<DashboardReader>();
        // An answer that is kept needs neither of these: they are made when it is not.
        services.AddScoped<Func<MetricAnswers>>(provider => provider.GetRequiredService<MetricAnswers>);
        services.AddScoped<Func<DashboardReader>>(provider => provider.GetRequiredService<DashboardReader>);
        services.AddSingleton(DemoScale.Full);
        services.AddSingleton<DemoChain>();
        services.AddScoped<ICommandLineVerb, SeedDemo>();
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
        api.MapCatalogue();

        var imports = api.MapGroup("").WithTags("Imports");
        imports.MapPost("/imports", ReceiveImport.Endpoint).WithName("ReceiveImport").Produces(StatusCodes.Status202Accepted).DisableAntiforgery().WithMetadata(new StreamsBody(), Pace.Upload).TakesItsTime();
        imports.MapPost("/imports/detect", DetectLayout.Endpoint).WithName("DetectLayout").Produces<DetectedLayout>().WithMetadata(Pace.Upload).TakesItsTime();
        imports.MapGet("/imports", ListImports.Endpoint).WithName("ListImports").Produces<ImportPage>();
        imports.MapGet("/imports/{id:guid}", GetImport.Endpoint).WithName("GetImport").Produces<ImportView>();
        imports.MapGet("/imports/{id:guid}/events", WatchImport.Endpoint).WithName("WatchImport").Produces<ImportView>(contentType: "text/event-stream").WithMetadata(Pace.Stream).TakesItsTime();
        imports.MapGet("/imports/{id:guid}/errors", ListImportErrors.Endpoint).WithName("ListImportErrors").Produces<ImportErrorPage>().TakesItsTime();
        imports.MapPost("/imports/{id:guid}/cancel", CancelImport.Endpoint).WithName("CancelImport").Produces(StatusCodes.Status204NoContent);
        imports.MapGet("/import-mappings", ListMappings.Endpoint).WithName("ListMappings").Produces<MappingList>();
        imports.MapPut("/import-mappings/{name}", SaveMapping.Endpoint).WithName("SaveMapping").Produces<Mapping>();
        imports.MapDelete("/import-mappings/{name}", DeleteMapping.Endpoint).WithName("DeleteMapping").Produces(StatusCodes.Status204NoContent);

        var figures = api.MapGroup("").WithTags("Figures");
        figures.MapGet("/metrics", ListMetrics.Endpoint).WithName("ListMetrics").Produces<MetricList>();
        figures.MapGet("/metrics/query", QueryMetrics.Endpoint).WithName("QueryMetrics").Produces<MetricAnswer>();
        figures.MapGet("/dashboard", GetDashboard.Endpoint).WithName("GetDashboard").Produces<DashboardView>();
        figures.MapGet("/sales/tickets", ListTickets.Endpoint).WithName("ListTickets").Produces<TicketPage>();
        figures.MapGet("/sales/tickets/{store}/{ticket}", GetTicket.Endpoint).WithName("GetTicket").Produces<TicketView>();
    }
}
