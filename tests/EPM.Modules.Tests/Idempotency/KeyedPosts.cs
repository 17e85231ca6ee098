using System.Net.Http.Json;
using EPM.Platform.Idempotency;

namespace EPM.Modules.Tests.Idempotency;

internal static class KeyedPosts
{
    public static async Task<HttpResponseMessage> PostKeyedAsync(this HttpClient client, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(IdempotencyKeys.Header, key);
        return await client.SendAsync(request);
    }
}
