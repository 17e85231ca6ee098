using System.Globalization;

namespace EPM.Platform.Backup;

/// <summary>How long what was committed is on the server's own disk alone: what would be lost with that disk.</summary>
internal sealed class ArchiveLag(TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Commits one small row after another and watches each reach the archive.</summary>
    /// <returns>The longest that one took.</returns>
    /// <exception cref="InvalidOperationException">The archive does not take the log.</exception>
    public async Task<TimeSpan> MeasureAsync(AdminSession server, int commits, CancellationToken ct)
    {
        var (longest, waiting) = (TimeSpan.Zero, new Queue<(string File, long At)>());
        for (var number = 0; number < commits || waiting.Count > 0; number++)
        {
            if (number < commits)
            {
                await server.ExecuteAsync("INSERT INTO drill.marker (number, at) VALUES ($1, clock_timestamp())", ct, (long)number);
                var at = time.GetTimestamp();
                waiting.Enqueue((await server.ScalarAsync<string>("SELECT pg_walfile_name(pg_current_wal_insert_lsn())", ct), at));
            }
            await Task.Delay(Pace, time, ct);
            var archived = await server.ScalarAsync<string>("SELECT coalesce(left(last_archived_wal, 24), '') FROM pg_stat_archiver", ct);
            while (waiting.TryPeek(out var next) && string.CompareOrdinal(next.File, archived) <= 0)
            {
                var took = time.GetElapsedTime(waiting.Dequeue().At);
                longest = took > longest ? took : longest;
            }
            if (waiting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > Patience)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The archive has not taken {oldest.File} in {Patience.TotalSeconds:0} s: look into the server's log."));
        }
        return longest;
    }
}
