using System.Diagnostics;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Benchmarks.Figures;

/// <summary>A read through the tenants' wall against the same query, by the same role, on a copy of the table that has no wall.</summary>
internal sealed class RowSecurity(Report report, Loaded loaded)
{
    private const int Rounds = 8;
    private const int Readers = 4;
    private const int Attempts = 3;

    // What windows may be off by on a machine that does other things.
    private const double Doubt = 1.1;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);
    private static readonly DateOnly Day = new(2025, 10, 15);

    private readonly Site _site = loaded.Site;
    private readonly decimal _expected = loaded.Sums.Revenue(Day, Day);
    private readonly int _rows = loaded.Sums.StoresOn(Day);
    private int[] _stores = [];

    public async Task RunAsync()
    {
        Report.Say("Reads with and without row-level security");
        _stores = (await _site.NumbersAsync()).Stores;
        await _site.ExecuteAsync($"""
            CREATE TABLE bench.day_category (LIKE sales.day_category INCLUDING ALL);
            INSERT INTO bench.day_category SELECT * FROM sales.day_category ORDER BY tenant_id, category_no, store_no, day;
            GRANT USAGE ON SCHEMA bench TO {Database.AppRole}; GRANT SELECT ON bench.day_category TO {Database.AppRole};
            """);
        await _site.ExecuteAsync("VACUUM ANALYZE bench.day_category");
        await _site.ExecuteAsync("VACUUM ANALYZE sales.day_category");
        var (walled, raw) = await WindowsAsync();
        for (var attempt = 1; attempt < Attempts && Ratio(walled, raw) > Doubt; attempt++)
            (walled, raw) = await WindowsAsync();
        var ratio = Ratio(walled, raw);
        if (ratio > Doubt)
            report.Doubt($"a read behind the wall came out {ratio:0.00} times as fast as the same without");
        report.Add(new Figure("read behind row-level security, 40 rows, tenant set in the same round trip", "reads/s", Spread.Of(walled))
        {
            ReferenceName = "no policy",
            Reference = Spread.Of(raw),
            Ratio = ratio,
            Bar = Bar.AtLeast(0.7, "≥ 0.7"),
        });
    }

    private async Task<(List<double> Walled, List<double> Raw)> WindowsAsync()
    {
        var (walled, raw) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var first = await WindowAsync(walls: round % 2 == 0);
            var second = await WindowAsync(walls: round % 2 != 0);
            if (round < 0)
                continue;
            walled.Add(round % 2 == 0 ? first : second);
            raw.Add(round % 2 == 0 ? second : first);
        }
        return (walled, raw);
    }

    private static double Ratio(List<double> walled, List<double> raw) => Spread.Of(walled.Zip(raw, (ours, theirs) => ours / theirs)).Median;

    private async Task<double> WindowAsync(bool walls)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed < Length; count++)
                await ReadAsync(walls);
            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task ReadAsync(bool walls)
    {
        await using var connection = await _site.App.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (walls)
        {
            var bind = new NpgsqlBatchCommand(TenantSession.BindTenantReadOnly);
            bind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _site.Tenant.ToString() });
            batch.BatchCommands.Add(bind);
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            SELECT store_no, tickets, lines, units, revenue, net, discount, cost FROM {(walls ? "sales" : "bench")}.day_category
            WHERE tenant_id = $1 AND category_no = 0 AND store_no = ANY ($2) AND day = $3
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = _site.Tenant }, new NpgsqlParameter<int[]> { TypedValue = _stores }, new NpgsqlParameter<DateOnly> { TypedValue = Day },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync();
        if (walls)
            await reader.NextResultAsync();
        var (rows, revenue) = (0, 0L);
        for (; await reader.ReadAsync(); rows++)
            revenue += reader.GetInt64(4);
        if (rows != _rows || revenue / 10_000m != _expected)
            throw new ImpossibleException($"A read of {_rows} stores returned {rows} and {revenue / 10_000m}, not {_expected}");
    }
}
