using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Trust;

/// <param name="At">Seconds of the work's clock at which it was sent.</param>
/// <param name="Status">0 when there was no answer.</param>
internal readonly record struct Answered(double At, double Milliseconds, int Status, bool Write);

/// <summary>People who read and write all the time and repeat what was not acknowledged, and all that they were answered.</summary>
internal sealed class Work : IAsyncDisposable
{
    private static int _codes;

    private readonly Site _site;
    private readonly HttpClient _client;
    private readonly string _token;
    private readonly Func<int, string> _read;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Answered> _answers = new();
    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Task _people = Task.CompletedTask;

    private Work(Site site, string token, Func<int, string> read) =>
        (_site, _token, _read, _client) = (site, token, read, site.Host.Client(Site.Slug, timeout: TimeSpan.FromMinutes(2)));

    public double Now => _clock.Elapsed.TotalSeconds;

    public IReadOnlyCollection<Answered> Answers => _answers;

    public int Acknowledged => _acknowledged.Count;

    /// <param name="read">The path of the n-th read.</param>
    public static async Task<Work> BeginAsync(Site site, int writers, int readers, Func<int, string> read)
    {
        var work = new Work(site, await site.TokenAsync(), read);
        work._people = Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(work.WriteAsync)).Concat(Enumerable.Range(0, readers).Select(_ => Task.Run(work.ReadAsync))));
        return work;
    }

    /// <summary>Lets everybody finish what they are at.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _people;
    }

    /// <returns>How many acknowledged writes are not in the database.</returns>
    public async Task<int> LostAsync()
    {
        var stored = await _site.ScalarAsync<string[]>("SELECT array_agg(region_code) FROM stores.region");
        return _acknowledged.Except(stored, StringComparer.Ordinal).Count();
    }

    /// <summary>Waits for the first success of something that was sent after this moment.</summary>
    public async Task<double> NextSuccessAsync()
    {
        var since = Now;
        while (!_answers.Any(answer => answer.At >= since && answer.Status is 200 or 201 && answer.Write))
            await Task.Delay(10);
        return Now - since;
    }

    /// <returns>Milliseconds of what was sent in a span of the clock, sorted.</returns>
    public double[] Times(double from, double to) => [.. _answers.Where(answer => answer.At >= from && answer.At < to).Select(answer => answer.Milliseconds).Order()];

    public static double P95(double[] sorted) => sorted.Length == 0 ? 0 : Spread.Percentile(sorted, 0.95);

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"W{Interlocked.Increment(ref _codes)}");
            // What was begun is repeated to its end, under its key: the last writes are the ones most likely lost.
            while (await CountAsync(write: true, () => Asking.PostAsync(_client, _token, "/api/v1/regions", new { code, name = "Région" }, code)) != 201)
                await Task.Delay(20);
            _acknowledged.Add(code);
        }
    }

    private async Task ReadAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await CountAsync(write: false, () => GetAsync(_read(Interlocked.Increment(ref _codes))));
            await Task.Delay(10);
        }
    }

    private async Task<(int, string)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _token) } };
        try
        {
            using var answer = await _client.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            return ((int)answer.StatusCode, "");
        }
        catch (HttpRequestException)
        {
            return (0, "");
        }
    }

    private async Task<int> CountAsync(bool write, Func<Task<(int Status, string Answer)>> ask)
    {
        var from = Now;
        var (status, _) = await ask();
        _answers.Enqueue(new Answered(from, (Now - from) * 1000, status, write));
        return status;
    }
}
