using System.Net;
using System.Net.Http.Json;
using Shouldly;

namespace EPM.TestKit;

/// <summary>A chain that signs up and in over HTTP, at a host in a process of its own or at a proxy in front of it.</summary>
public static class SignUp
{
    /// <summary>Of its administrator.</summary>
    public const string Email = "awa@chaine.test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Session> SignUpAsync(this HostProcess host, string slug, string password = TestTenant.Password)
    {
        using var apex = host.Client(slug: null);
        await OpenAsync(apex, slug, password);
        using var client = host.Client(slug);
        return await SignInAsync(client, password);
    }

    public static async Task OpenAsync(HttpClient apex, string slug, string password = TestTenant.Password)
    {
        using var opened = await PatientlyAsync(() => apex.PostAsJsonAsync("/api/v1/tenants", new
        {
            slug,
            name = "Chaîne",
            country = "SN",
            currency = "XOF",
            timeZone = "Africa/Dakar",
            language = "fr",
            admin = new { name = "Awa", email = Email, password },
        }));
        await opened.ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    public static async Task<Session> SignInAsync(HttpClient client, string password = TestTenant.Password)
    {
        using var answer = await PatientlyAsync(() => client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = Email, password }));
        var token = (await answer.ShouldBeJsonAsync()).GetProperty("accessToken").GetString()!;
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("__Host-epm-refresh=", StringComparison.Ordinal));
        return new Session(token, cookie.Split(';')[0].Split('=', 2)[1]);
    }

    // A machine that is busy with other tests may take longer for a password than a caller should be kept waiting.
    private static async Task<HttpResponseMessage> PatientlyAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await ask();
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || limit.IsCancellationRequested)
                return answer;
            answer.Dispose();
        }
    }

    /// <summary>What signing in gives: the access token, and the refresh token from its cookie.</summary>
    public sealed record Session(string Token, string Cookie);
}
