using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace EPM.Benchmarks.Trust;

internal static class Asking
{
    /// <summary>A POST under a key.</summary>
    /// <returns>The status, 0 when there was no answer, and status and body as one text.</returns>
    public static async Task<(int Status, string Answer)> PostAsync(HttpClient client, string token, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await client.SendAsync(request);
            return ((int)answer.StatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
        catch (HttpRequestException)
        {
            return (0, "");
        }
    }

    /// <summary>Asks again as a client should that was not answered, or was told to ask later.</summary>
    public static async Task<string> UntilAnsweredAsync(HttpClient client, string token, string path, object body, string key)
    {
        while (true)
        {
            var (status, answer) = await PostAsync(client, token, path, body, key);
            if (status is not (0 or 409 or 429 or 503))
                return answer;
            await Task.Delay(50);
        }
    }
}
