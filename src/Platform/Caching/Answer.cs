using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EPM.Platform.Caching;

/// <summary>One JSON answer, serialised and compressed once, with the entity tag of its content.</summary>
public sealed class Answer(Guid tenant, byte[] body) : IResult
{
    public Guid Tenant { get; } = tenant;

    /// <summary>UTF-8 JSON.</summary>
    public byte[] Body { get; } = body;

    private readonly Lazy<byte[]> _compressed = new(() => Compress(body));

    /// <summary>The same, compressed with Brotli; made when first asked for.</summary>
    public byte[] Compressed => _compressed.Value;

    /// <summary>Whether it will read otherwise though nothing it is kept by changes: then it is not kept.</summary>
    public bool IsPassing { get; init; }

    public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData([.. tenant.ToByteArray(), .. body])[..12])}\"";

    public static Answer Of<T>(Guid tenant, T value, bool isPassing = false) =>
        new(tenant, JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web)) { IsPassing = isPassing };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        // For programs that keep the answer themselves; caches keep none of the API's (no-store).
        response.Headers.ETag = Tag;
        response.Headers.Vary = "Accept-Encoding, Authorization, Accept-Language";
        if (request.Headers.IfNoneMatch == Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = "application/json; charset=utf-8";
        var small = Body.Length > WorthCompressing && request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (small)
            response.Headers.ContentEncoding = "br";
        var bytes = small ? Compressed : Body;
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    // Below a packet or so there is nothing to win.
    private const int WorthCompressing = 1_000;

    private static byte[] Compress(byte[] body)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body, target, out var written, quality: 3, window: 22) ? target[..written] : body;
    }
}
