using System.Collections.Frozen;
using System.Security.Cryptography;
using EPM.Platform.Http;
using EPM.Platform.Modules;
using Microsoft.AspNetCore.StaticFiles;

namespace EPM.Host;

/// <summary>Serves the built front end from memory, in the smallest encoding the browser takes.</summary>
internal static class SinglePageApp
{
    private const string Page = "/index.html";

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Every path that is no file is the application's own route and gets its page; a missing file is a missing file.</summary>
    public static void UseSinglePageApp(this WebApplication app, EpmSettings settings)
    {
        if (settings.WebRoot is null || !Directory.Exists(settings.WebRoot))
            return;
        var root = Path.GetFullPath(settings.WebRoot);
        var assets = Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".br" or ".gz"))
            .ToFrozenDictionary(file => "/" + Path.GetRelativePath(root, file).Replace('\\', '/'), Asset.Load, StringComparer.Ordinal);
        app.MapFallback("{**path}", (HttpContext http) =>
        {
            var path = http.Request.Path.Value ?? "/";
            var asset = assets.GetValueOrDefault(path) ?? (IsPage(path) ? assets.GetValueOrDefault(Page) : null);
            return asset is null || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
                ? throw new NotFound()
                : asset.WriteAsync(http, immutable: path.StartsWith("/assets/", StringComparison.Ordinal));
        });
    }

    // What a route of the interface never looks like, and another program might read as one of the API's.
    private static bool IsPage(string path) =>
        !IsFile(path) && !path.Contains("//", StringComparison.Ordinal) && path.IndexOfAny(['%', '\\', '\0']) < 0;

    // Behind a page's own name may stand what people have named, with a dot in it: the store DK.01 is no file.
    private static bool IsFile(string path) => Path.HasExtension(path) && (path.LastIndexOf('/') == 0 || Types.TryGetContentType(path, out _));

    /// <summary>One file with the encodings the build left beside it.</summary>
    private sealed record Asset(string Type, string Tag, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
    {
        public static Asset Load(string file)
        {
            var plain = File.ReadAllBytes(file);
            var type = Types.TryGetContentType(file, out var known) ? known : "application/octet-stream";
            if (type.StartsWith("text/", StringComparison.Ordinal))
                type += "; charset=utf-8";
            return new Asset(type, $"\"{Convert.ToHexStringLower(SHA256.HashData(plain)[..12])}\"", plain, Beside(file + ".br"), Beside(file + ".gz"));
        }

        public Task WriteAsync(HttpContext http, bool immutable)
        {
            var (request, response) = (http.Request, http.Response);
            // Built assets carry a hash in their name; the page that names them must always be asked for.
            response.Headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
            response.Headers.Vary = "Accept-Encoding";
            response.Headers.ETag = Tag;
            if (request.Headers.IfNoneMatch == Tag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
            var accepts = request.Headers.AcceptEncoding.ToString();
            var (body, encoding) = Brotli is not null && accepts.Contains("br", StringComparison.Ordinal) ? (Brotli, "br")
                : Gzip is not null && accepts.Contains("gzip", StringComparison.Ordinal) ? (Gzip, "gzip") : (Plain, null);
            if (encoding is not null)
                response.Headers.ContentEncoding = encoding;
            response.ContentType = Type;
            response.ContentLength = body.Length;
            return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, http.RequestAborted).AsTask();
        }

        private static byte[]? Beside(string file) => File.Exists(file) ? File.ReadAllBytes(file) : null;
    }
}
