using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EPM.Architecture.Tests.Walls;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Architecture.Tests.Hostile;

/// <summary>Requests made at random from the product's own description of itself, right and wrong ones (TRUST T19). EPM_FUZZ says how many for an operation.</summary>
public sealed class FuzzTests
{
    private const int Usual = 30;
    private const int Seed = 20_261_121;

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_every_refusal_explains_itself()
    {
        var host = await EpmHost.StartAsync();
        using var failures = new SqlFailures(host.Connection);
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "FZ1");
        using var apex = host.Client(null);
        var document = await apex.GetJsonAsync("/openapi/v1.json");
        var each = int.TryParse(Environment.GetEnvironmentVariable("EPM_FUZZ"), CultureInfo.InvariantCulture, out var given) ? given : Usual;
        var (faults, sent) = (new List<string>(), 0);
        // A session for each, since some end theirs, and all before the first: guessing spends what sign-ins of this address may cost.
        var sessions = new Queue<HttpClient>();
        foreach (var _ in Routes.Of(host))
            sessions.Enqueue(await chain.Tenant.SignInAsync(TestTenant.EmailOf(Roles.Admin)));
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var dice = new FuzzedValues(document, new Random(Seed), [.. chain.Own.Values]);
                using var client = sessions.Dequeue();
                for (var i = 0; i < each; i++, sent++)
                {
                    using var request = Request(dice, path.Name, operation);
                    var told = $"#{i} {request.Method} {request.RequestUri} {(request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync()))}";
                    using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    if (await FaultAsync(response) is { } fault)
                        faults.Add($"{fault} for {told[..Math.Min(600, told.Length)]}");
                }
            }
        }
        sent.ShouldBeGreaterThanOrEqualTo(each * 40);
        faults.Take(20).ShouldBeEmpty();
        failures.Injected.ShouldBeEmpty();
    }

    private static HttpRequestMessage Request(FuzzedValues dice, string path, JsonProperty operation)
    {
        var query = new List<string>();
        foreach (var parameter in dice.Parameters(operation.Value))
        {
            var name = parameter.GetProperty("name").GetString()!;
            var value = Uri.EscapeDataString(dice.Text(parameter.GetProperty("schema"), name));
            if (parameter.GetProperty("in").GetString() == "path")
                path = path.Replace($"{{{name}}}", value.Length == 0 ? "%20" : value.Replace("%00", "%01", StringComparison.Ordinal), StringComparison.Ordinal);
            else if (dice.Chance(70))
                query.Add($"{name}={value}");
        }
        var request = new HttpRequestMessage(new HttpMethod(operation.Name.ToUpperInvariant()), $"{path}?{string.Join('&', query)}");
        request.Headers.AcceptLanguage.ParseAdd(dice.Chance(50) ? "en" : "fr");
        if (request.Method.Method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new ByteArrayContent(dice.Body(operation.Value));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(dice.Chance(90) ? dice.Kind(operation.Value) : dice.OddKind());
        }
        return request;
    }

    private static async Task<string?> FaultAsync(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status < 400)
            return null;
        var text = await response.Content.ReadAsStringAsync();
        if (status >= 500)
            return $"{status} {text}";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{status} is no problem details: {text}";
        var problem = JsonSerializer.Deserialize<Problem>(text, JsonSerializerOptions.Web)!;
        if (string.IsNullOrWhiteSpace(problem.Title) || problem.Title == problem.Code || problem.Status != status)
            return $"{status} says '{problem.Title}' for {problem.Code}";
        return text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Exception", StringComparison.Ordinal) ? $"{status} shows its insides: {text}" : null;
    }
}
