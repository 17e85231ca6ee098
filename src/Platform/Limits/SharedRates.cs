using System.Globalization;
using EPM.Platform.Redis;
using Microsoft.Extensions.Hosting;

namespace EPM.Platform.Limits;

/// <summary>Tells the other hosts a few times a second what was used here, and hears what was used there. Alone, it only keeps the books.</summary>
public sealed class SharedRates(RateLimits rates, RedisStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TellAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TellAsync(CancellationToken ct)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        foreach (var some in rates.Touched().Chunk(256))
            await Task.WhenAll(some.Select(one => TellAsync(one.Tenant, one.Subject, one.Bucket, minute, ct)));
    }

    private async Task TellAsync(Guid tenant, string subject, Bucket bucket, long minute, CancellationToken ct)
    {
        var own = bucket.Collect();
        var total = await store.AddAsync(string.Create(CultureInfo.InvariantCulture, $"t:{tenant}:r:{subject}:{minute}"), own, Life, ct);
        bucket.Learn(minute, total, own);
    }
}
