using System.Net;
using EPM.Platform.Idempotency;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace EPM.Architecture.Tests.Walls;

public sealed class KeyedRoutesTests
{
    [Fact]
    public async Task Every_POST_that_creates_or_accepts_answers_a_retry_under_its_key_with_what_it_answered_first()
    {
        var host = await EpmHost.SharedAsync();
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "K" + Guid.CreateVersion7().ToString("N")[24..]);
        var wrong = new List<string>();
        var tried = 0;
        foreach (var route in Routes.Of(host).Where(Creates))
        {
            tried++;
            if (await RouteCall.FillAsync(chain, route) is { } call)
                wrong.AddRange(await RetryAsync(chain, call));
            else
                wrong.Add($"POST {Routes.TextOf(route)} is not covered: its collection shows no item with members named like its parameters");
        }
        wrong.ShouldBeEmpty();
        tried.ShouldBeGreaterThan(6);
    }

    private static async Task<IReadOnlyList<string>> RetryAsync(SeededTenant chain, RouteCall call)
    {
        // One caller and one text: a retry repeats both.
        using var client = call.IsPublic ? chain.Tenant.Host.Client(slug: null) : await chain.Tenant.SignInAsync(TestTenant.EmailOf(call.Role));
        using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal));
        var body = await request.Content!.ReadAsByteArrayAsync();
        var (first, _) = await SendAsync(body);
        if (!first.StartsWith("201", StringComparison.Ordinal) && !first.StartsWith("202", StringComparison.Ordinal))
            return [$"{call} is not covered: it answers {first}"];
        var (second, replayed) = await SendAsync(body);
        var (other, _) = await SendAsync([.. body, .. " \n"u8]);
        return
        [
            .. second == first && replayed ? [] : new[] { $"{call} answers a retry with {second}, and had answered {first}" },
            .. other.StartsWith("422", StringComparison.Ordinal) || call.Body is null ? [] : new[] { $"{call} answers another body under the same key with {other}" },
        ];

        async Task<(string Answer, bool Replayed)> SendAsync(byte[] content)
        {
            using var sent = new HttpRequestMessage(HttpMethod.Post, request.RequestUri) { Content = new ByteArrayContent(content) };
            sent.Content.Headers.ContentType = request.Content!.Headers.ContentType;
            sent.Headers.Add(IdempotencyKeys.Header, "key of this test");
            using var answer = await client.SendAsync(sent);
            return ($"{(int)answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}", answer.Headers.Contains(IdempotencyKeys.ReplayedHeader));
        }
    }

    private static bool Creates(RouteEndpoint route) => Routes.VerbOf(route) == "POST"
        && route.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(answer => answer.StatusCode is (int)HttpStatusCode.Created or (int)HttpStatusCode.Accepted);
}
