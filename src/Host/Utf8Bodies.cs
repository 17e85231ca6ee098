using EPM.Platform.Http;
using Microsoft.Net.Http.Headers;

namespace EPM.Host;

/// <summary>JSON is UTF-8 (RFC 8259). The framework would look for whatever encoding is named, and fail on some it finds.</summary>
internal sealed class Utf8Bodies(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.Request.ContentType is { } kind && MediaTypeHeaderValue.TryParse(kind, out var type) && type.SubType.EndsWith("json", StringComparison.OrdinalIgnoreCase)
        && type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? throw new UnsupportedKind("body_kind")
            : next(http);
}
