using System.Collections.Concurrent;
using System.Net;

namespace EPM.Modules.Tests.Faults;

/// <summary>Clients that write and read until they are told to stop, repeat what was not answered, and keep a book of what was acknowledged.</summary>
internal sealed class Ledger(FaultSite site) : IAsyncDisposable
{
    private const int Writers = 3;
    private const int Readers = 2;

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _clients = [];
    private int _reads;

    /// <summary>Answers that were neither a success nor one a client should repeat.</summary>
    public ConcurrentBag<string> Wrong { get; } = [];

    public IReadOnlyCollection<string> Acknowledged => [.. _acknowledged.Keys];

    public void Start()
    {
        for (var i = 0; i < Writers; i++)
            _clients.Add(WriteAsync());
        for (var i = 0; i < Readers; i++)
            _clients.Add(ReadAsync());
    }

    /// <summary>Returns once so many more writes were acknowledged and reads answered.</summary>
    public async Task ProgressAsync(int writes)
    {
        var (from, reads) = (_acknowledged.Count, Volatile.Read(ref _reads));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_acknowledged.Count < from + writes || Volatile.Read(ref _reads) == reads)
            await Task.Delay(10, limit.Token);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        using var client = site.Client();
        while (!_stop.IsCancellationRequested)
        {
            var code = site.NewCode();
            // What was begun is repeated to its end: the last writes are the ones most likely lost.
            while (!await IsWrittenAsync(client, code))
            {
            }
            _acknowledged[code] = true;
        }
    }

    private async Task<bool> IsWrittenAsync(HttpClient client, string code)
    {
        using var answer = await FaultSite.AddRegionAsync(client, code);
        // Taken: the try before had been committed and only its answer was lost.
        if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict)
            return true;
        if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage))
            Wrong.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return !Wrong.IsEmpty;
    }

    private async Task ReadAsync()
    {
        using var client = site.Client();
        while (!_stop.IsCancellationRequested)
        {
            using var answer = await client.GetAsync("api/v1/users");
            if (answer.StatusCode == HttpStatusCode.OK)
                Interlocked.Increment(ref _reads);
            else if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                Wrong.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
