using EPM.Platform.Imports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Sales.Catalogue;

/// <summary>The catalogue's services and its part of the module's route table.</summary>
internal static class CatalogueRoutes
{
    public static void AddCatalogue(this IServiceCollection services)
    {
        services.AddScoped<CatalogueDbContext>();
        services.AddScoped<CatalogueImports>();
        services.AddScoped<CatalogueChanges>();
        services.AddScoped<ProductEditing>();
        services.AddScoped<IImportKind, ProductsImport>();
    }

    public static void MapCatalogue(this IEndpointRouteBuilder api)
    {
        var catalogue = api.MapGroup("").WithTags("Catalogue");
        catalogue.MapGet("/categories", ListCategories.Endpoint).WithName("ListCategories");
        catalogue.MapPost("/categories", AddCategory.Endpoint).WithName("AddCategory");
        catalogue.MapPut("/categories/{code}", ChangeCategory.Endpoint).WithName("ChangeCategory");
        catalogue.MapGet("/products", ListProducts.Endpoint).WithName("ListProducts");
        catalogue.MapPost("/products", AddProduct.Endpoint).WithName("AddProduct");
        catalogue.MapGet("/products/{sku}", GetProduct.Endpoint).WithName("GetProduct");
        catalogue.MapPut("/products/{sku}", ChangeProduct.Endpoint).WithName("ChangeProduct");
    }
}
