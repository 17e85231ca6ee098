using EPM.Platform.Modules;
using Microsoft.Extensions.FileProviders;

namespace EPM.Host;

internal static class SinglePageApp
{
    /// <summary>Serves the built front end; every path that is no file is the application's own route.</summary>
    public static void UseSinglePageApp(this WebApplication app, EpmSettings settings)
    {
        if (settings.WebRoot is null || !Directory.Exists(settings.WebRoot))
            return;
        var files = new PhysicalFileProvider(Path.GetFullPath(settings.WebRoot));
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = Cache });
        app.MapFallbackToFile("{*path:nonfile}", "index.html", new StaticFileOptions { FileProvider = files, OnPrepareResponse = Cache });
    }

    // Built assets carry a hash in their name; the page that names them must always be asked for.
    private static void Cache(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl =
            context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
}
