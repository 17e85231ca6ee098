using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EPM.TestKit;

/// <summary>People who work all the time, through the proxy, and every answer they got: what failed, and what was acknowledged and has to be there.</summary>
public sealed class RequestLedger(TwoHosts site, string slug) : IAsyncDisposable
{
    // As fast as somebody clicks who knows the product, and far below what two hosts can do.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<string> _failures = [];
    private readonly ConcurrentBag<string> _acknowledged = [];
    private Task _people = Task.CompletedTask;
    private int _requests;

    public int Requests => _requests;

    /// <summary>What was not answered with success: the request and the reason.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Codes of the regions whose opening was acknowledged.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    /// <summary>Sets so many people to work.</summary>
    public async Task BeginAsync(int people)
    {
        var clients = new List<HttpClient>();
        for (var i = 0; i < people; i++)
            clients.Add(await site.SignInAsync(slug));
        _people = Task.WhenAll(clients.Select(WorkAsync));
    }

    /// <summary>Lets everybody finish what they are at.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _people;
    }

    /// <returns>Acknowledged regions that are not there, and regions that are there twice.</returns>
    public async Task<(IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled)> CompareAsync()
    {
        using var client = await site.SignInAsync(slug);
        var there = (await client.GetFromJsonAsync<JsonElement>("/api/v1/regions")).GetProperty("items").EnumerateArray()
            .Select(region => region.GetProperty("code").GetString()!).ToArray();
        return ([.. _acknowledged.Except(there, StringComparer.Ordinal)], [.. there.GroupBy(code => code, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key)]);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync(HttpClient client, int person)
    {
        using var _ = client;
        using var pace = new PeriodicTimer(Between);
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            switch (turn % 8)
            {
                case 2:
                    await OpenRegionAsync(client, string.Create(CultureInfo.InvariantCulture, $"R{person}-{turn}"), keyed: turn % 16 == 2);
                    break;
                case 5:
                    await CountAsync("refresh", () => TwoHosts.RefreshAsync(client));
                    break;
                default:
                    var path = (turn % 8) switch { 0 => "/api/v1/me", 1 => "/api/v1/stores", 3 => "/api/v1/regions", _ => "/api/v1/dashboard?from=2026-01-01&to=2026-01-31" };
                    await CountAsync(path, () => GetAsync(client, path));
                    break;
            }
            await pace.WaitForNextTickAsync();
        }
    }

    private Task OpenRegionAsync(HttpClient client, string code, bool keyed) => CountAsync("open region", async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/regions") { Content = JsonContent.Create(new { code, name = "Région " + code }) };
        if (keyed)
            request.Headers.Add("Idempotency-Key", code);
        using var answer = await client.SendAsync(request);
        await CheckAsync(answer, HttpStatusCode.Created);
        _acknowledged.Add(code);
    });

    private static async Task GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        await CheckAsync(answer, HttpStatusCode.OK);
    }

    private static async Task CheckAsync(HttpResponseMessage answer, HttpStatusCode wanted)
    {
        if (answer.StatusCode != wanted)
            throw new HttpRequestException($"answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}", inner: null, answer.StatusCode);
    }

    private async Task CountAsync(string what, Func<Task> request)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            await request();
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            _failures.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what}: {failure.Message}");
        }
    }
}
