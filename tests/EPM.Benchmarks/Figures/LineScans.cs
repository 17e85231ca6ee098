using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Figures;

/// <summary>Watches Postgres' own counters of how often the table of lines was read.</summary>
internal sealed class LineScans(Report report, IReadOnlyList<Site> sites)
{
    // A session that falls idle tells its counts ten seconds later at the latest.
    private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(11);

    private long _before;

    public async Task StartAsync()
    {
        await Task.Delay(UntilTold);
        _before = await CountAsync();
    }

    public async Task TellAsync()
    {
        await Task.Delay(UntilTold);
        var scans = await CountAsync() - _before;
        report.Add(new Figure("scans of the table of lines while all of the above was read", "scans", Spread.Of([scans])) { Bar = Bar.AtMost(0, "none") });
    }

    private async Task<long> CountAsync()
    {
        long count = 0;
        foreach (var site in sites)
            count += await site.ScalarAsync<long>("SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relid = 'sales.line'::regclass");
        return count;
    }
}
