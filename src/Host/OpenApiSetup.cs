using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EPM.Host;

internal static class OpenApiSetup
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "EPM Retail",
            Version = "v1",
            Description = "Sales in, decisions out. Every tenant has its own subdomain; errors are RFC 9457 problem details with a stable code.",
        };
        document.Servers = null;
        return Task.CompletedTask;
    });
}
