using EPM.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Architecture.Tests;

internal static class Routes
{
    public const string Prefix = "/api/v1/";

    /// <summary>The modules' routes, from the running application's own table.</summary>
    public static IReadOnlyList<RouteEndpoint> Of(EpmHost host)
    {
        // The table is filled by the first request's pipeline.
        _ = host.Server;
        return [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => TextOf(route).StartsWith(Prefix, StringComparison.Ordinal))];
    }

    public static string TextOf(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.TrimStart('/');

    public static string VerbOf(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Single();

    public static string NameOf(RouteEndpoint route) => route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
}
