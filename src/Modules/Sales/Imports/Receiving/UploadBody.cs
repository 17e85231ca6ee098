using System.Text.Json;
using EPM.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EPM.Sales.Imports.Receiving;

/// <summary>Finds the file in a request: the body itself, or the one part of a browser's form.</summary>
internal static class UploadBody
{
    private const int LongestBoundary = 128;

    private static readonly string[] Kinds =
        ["text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/x-ndjson", "application/jsonl", "application/json", "application/gzip", "application/x-gzip", "application/octet-stream", "application/vnd.ms-excel"];

    /// <returns>The content, and the file's name when the form tells it.</returns>
    public static async Task<(Stream Content, string? Name)> OpenAsync(HttpRequest http, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type))
            throw new UnsupportedKind("import_body_kind", ("kind", http.ContentType ?? ""));
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await FirstFileAsync(http, type, ct);
        if (!Kinds.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase))
            throw new UnsupportedKind("import_body_kind", ("kind", type.MediaType.ToString()));
        var content = type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? await JsonArray.AsLinesAsync(http.Body, ct) : http.Body;
        return (content, null);
    }

    private static async Task<(Stream Content, string? Name)> FirstFileAsync(HttpRequest http, MediaTypeHeaderValue type, CancellationToken ct)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > LongestBoundary)
            throw new BadInput("import_form_broken");
        var reader = new MultipartReader(boundary, http.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
                    return (section.Body, Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileName).ToString()));
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new BadInput("import_form_broken");
        }
        throw new BadInput("import_form_empty");
    }
}

/// <summary>A JSON array of objects, or lines of them, turned into lines while it is read.</summary>
internal static class JsonArray
{
    private const int Most = 64 << 20;

    public static async Task<Stream> AsLinesAsync(Stream body, CancellationToken ct)
    {
        var buffered = new MemoryStream();
        var piece = new byte[64 << 10];
        for (int read; (read = await body.ReadAsync(piece, ct)) > 0;)
        {
            if (buffered.Length + read > Most)
                throw new TooLarge("import_json_too_large");
            await buffered.WriteAsync(piece.AsMemory(0, read), ct);
        }
        var bytes = buffered.ToArray().AsSpan();
        if (bytes.TrimStart(" \t\r\n"u8) is not [(byte)'[', ..])
            return new MemoryStream(bytes.ToArray());
        return Lines(bytes.ToArray());
    }

    private static MemoryStream Lines(byte[] array)
    {
        try
        {
            using var document = JsonDocument.Parse(array, new JsonDocumentOptions { MaxDepth = 8 });
            var lines = new MemoryStream(array.Length);
            foreach (var element in document.RootElement.EnumerateArray())
            {
                // Written anew: an element may span lines, and a line must be a whole one.
                using (var writer = new Utf8JsonWriter(lines))
                    element.WriteTo(writer);
                lines.WriteByte((byte)'\n');
            }
            lines.Position = 0;
            return lines;
        }
        catch (JsonException)
        {
            throw new BadInput("body_unreadable");
        }
    }
}
