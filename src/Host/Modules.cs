using EPM.Forecast;
using EPM.Platform.Modules;
using EPM.Sales;
using EPM.Stores;
using EPM.Tenancy;

namespace EPM.Host;

/// <summary>The one list of modules, upstream first.</summary>
internal static class Modules
{
    public static readonly IReadOnlyList<IModule> All = [new TenancyModule(), new StoresModule(), new SalesModule(), new ForecastModule()];
}
