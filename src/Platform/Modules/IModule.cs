using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Platform.Modules;

/// <summary>One business module: its name (also its database schema), its services and its route table.</summary>
public interface IModule
{
    /// <summary>Lower-case name; the module's schema and its folder under <c>db/migrations</c>.</summary>
    string Name { get; }

    /// <summary>Assembly scanned for handlers, validators and texts.</summary>
    Assembly Assembly => GetType().Assembly;

    /// <summary>Registers what only this module provides; handlers and validators are found by scan.</summary>
    void AddServices(IServiceCollection services);

    /// <summary>Maps the module's routes below <c>/api/v1</c>: one line per feature.</summary>
    void MapRoutes(IEndpointRouteBuilder api);
}
