using EPM.Platform.Modules;
using Microsoft.AspNetCore.HttpOverrides;

namespace EPM.Host;

/// <summary>
/// Who calls, and over what, as the proxies in front tell it: only those in the networks of EPM_PROXIES are believed, from the
/// nearest outwards up to the first that is none of them. The Host header has to come through unchanged; what a proxy says it was is not read.
/// </summary>
internal static class ForwardedClients
{
    public static void AddForwardedClients(this IServiceCollection services, EpmSettings settings) => services.Configure<ForwardedHeadersOptions>(options =>
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies)
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
    });

    public static void UseForwardedClients(this WebApplication app, EpmSettings settings)
    {
        if (settings.Proxies.Count > 0)
            app.UseForwardedHeaders();
    }
}
