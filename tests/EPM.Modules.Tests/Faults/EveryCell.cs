using System.Net.Http.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.TestKit;

namespace EPM.Modules.Tests.Faults;

/// <summary>One row of the table "When something fails" in docs/operations.md, walked through as people do: each cell, and what came of it.</summary>
internal sealed class EveryCell(HostProcess host, string slug, string token)
{
    public const string Works = "works";
    public const string Busy = "503 busy";

    public static readonly IReadOnlyList<string> Cells = ["sign-in", "dashboard", "import", "jobs", "edits", "audit"];

    private int _visits;

    /// <summary>What imports need beforehand.</summary>
    public async Task PrepareAsync()
    {
        using var client = Client();
        await PlainSales.MapAsync(client);
    }

    /// <returns><see cref="Works"/>, or status and code of the problem, of each of <see cref="Cells"/>.</returns>
    public async Task<IReadOnlyDictionary<string, string>> VisitAsync()
    {
        var (visit, code) = (++_visits, $"v{_visits}");
        using var client = Client();
        using var anonymous = host.Client(slug);
        var told = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["sign-in"] = await OutcomeAsync(anonymous.PostAsJsonAsync("api/v1/auth/sign-in", new { email = SignUp.Email, password = TestTenant.Password })),
            // A month nobody asked for before: an answer in memory would say nothing about what is missing.
            ["dashboard"] = await OutcomeAsync(client.GetAsync($"api/v1/dashboard?from={2000 + visit}-01-01&to={2000 + visit}-01-31")),
            ["edits"] = await OutcomeAsync(client.PostAsJsonAsync("api/v1/regions", new { code, name = "Région " + code })),
            ["audit"] = await OutcomeAsync(client.GetAsync($"api/v1/audit?subject=region/{code}"), $"region/{code}"),
        };
        using var sent = await PlainSales.SendAsync(client, $"M1,{code},1,2026-10-05 10:00,P1,1,500\n");
        told["import"] = await OutcomeAsync(sent);
        told["jobs"] = sent.IsSuccessStatusCode
            ? await OutcomeAsync(client.GetAsync($"api/v1/imports/{(await sent.ShouldBeJsonAsync(sent.StatusCode)).GetProperty("id").GetString()}/events"), "\"completed\"")
            : told["import"];
        return told;
    }

    private HttpClient Client() => host.Client(slug, token);

    private static async Task<string> OutcomeAsync(Task<HttpResponseMessage> asked, string with = "")
    {
        using var answer = await asked;
        return await OutcomeAsync(answer, with);
    }

    private static async Task<string> OutcomeAsync(HttpResponseMessage answer, string with = "")
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.IsSuccessStatusCode)
            return text.Contains(with, StringComparison.Ordinal) ? Works : $"{(int)answer.StatusCode} without {with}: {text}";
        return $"{(int)answer.StatusCode} {(await answer.ShouldBeProblemAsync(answer.StatusCode, System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()!)).Code}";
    }
}
