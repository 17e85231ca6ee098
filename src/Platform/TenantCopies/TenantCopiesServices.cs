using EPM.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Platform.TenantCopies;

internal static class TenantCopiesServices
{
    public static void AddTenantCopies(this IServiceCollection services)
    {
        services.AddSingleton<TenantFileSeal>();
        services.AddSingleton<Tombstones>();
        services.AddSingleton<TenantExport>();
        services.AddSingleton<TenantRestore>();
        services.AddSingleton<TenantDeletion>();
        services.AddScoped<ICommandLineVerb, TenantVerb>();
    }
}
