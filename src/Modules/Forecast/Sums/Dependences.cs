using System.Text.Json;
using EPM.Forecast.Engine;
using EPM.Forecast.Engine.Paths;
using EPM.Forecast.Stored;
using EPM.Platform.Caching;
using EPM.Platform.Persistence;
using EPM.Stores.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace EPM.Forecast.Sums;

/// <summary>The dependences of all tenants in process.</summary>
internal sealed class DependencesKept : IDisposable
{
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public Dependence? Find(Guid tenant, long version) =>
        _kept.TryGetValue(tenant, out (long Version, Dependence Value) found) && found.Version >= version ? found.Value : null;

    public void Keep(Guid tenant, long version, Dependence value) => _kept.Set(tenant, (version, value), new MemoryCacheEntryOptions { Size = 1 });

    public void Dispose() => _kept.Dispose();
}

/// <summary>How the errors of the chain's forecasts move together.</summary>
internal sealed class Dependences(TenantSession reading, DataVersions versions, DependencesKept kept, StoredForecasts stored, IStoreDirectory stores)
{
    // Of so many products the backtests speak clearly enough.
    private const int Sample = 60;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<Dependence> CurrentAsync(CancellationToken ct)
    {
        var version = await versions.CurrentAsync(reading.TenantId, ct);
        if (kept.Find(reading.TenantId, version) is { } known)
            return known;
        var found = await reading.ReadAsync("SELECT model FROM forecast.dependence WHERE tenant_id = $1", [new NpgsqlParameter<Guid> { TypedValue = reading.TenantId }],
            async reader => await reader.ReadAsync(ct) ? JsonSerializer.Deserialize<Dependence>(reader.GetString(0), Json) : null, ct) ?? Dependence.Supposed;
        kept.Keep(reading.TenantId, version, found);
        return found;
    }

    /// <summary>Estimates it from the backtests of the products that sell most.</summary>
    public async Task<Dependence> EstimateAsync(CancellationToken ct)
    {
        var map = await stores.AllAsync(ct);
        var top = await reading.ReadAsync("""
            SELECT product_no FROM forecast.cell WHERE tenant_id = $1 GROUP BY product_no HAVING sum(tested_units) > 0 ORDER BY sum(tested_units) DESC, product_no LIMIT $2
            """, [new NpgsqlParameter<Guid> { TypedValue = reading.TenantId }, new NpgsqlParameter<int> { TypedValue = Sample }], async reader =>
            {
                var numbers = new List<int>();
                while (await reader.ReadAsync(ct))
                    numbers.Add(reader.GetInt32(0));
                return numbers;
            }, ct);
        var tests = top.Count == 0 ? [] : await stored.BacktestsAsync(top, [.. map.ByNo.Keys], ct);
        return tests.Count == 0 ? Dependence.Supposed : Dependence.Estimate([.. tests.Select(test => new Cell(map.ByNo[test.Key.StoreNo].Code, [.. Trials(test)]))]);
    }

    public static async Task KeepAsync(TenantSession session, Dependence dependence, DateTimeOffset now, CancellationToken ct)
    {
        await using var keep = session.Command("""
            INSERT INTO forecast.dependence (tenant_id, model, estimated_at) VALUES ($1, $2::jsonb, $3)
            ON CONFLICT (tenant_id) DO UPDATE SET model = excluded.model, estimated_at = excluded.estimated_at
            """);
        keep.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        keep.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(dependence, Json) });
        keep.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await keep.ExecuteNonQueryAsync(ct);
    }

    // Trials of one calendar day are told apart by that day: cells are not all trained on the same night.
    private static IEnumerable<Trial> Trials(StoredBacktest test)
    {
        for (var trial = 0; trial < test.CutOffs.Count; trial++)
        {
            var said = SaidAt(test, trial);
            yield return new Trial(DateOnly.MaxValue.DayNumber - test.CutOffs[trial].DayNumber, Stretch(test, trial, 0, said.Horizon), said, Stretch(test, trial, 2, said.Horizon));
        }
    }

    /// <summary>What was said at a cut-off, as far as it is known what came.</summary>
    public static Prediction SaidAt(StoredBacktest test, int trial)
    {
        var known = 0;
        while (known < test.Horizon && !double.IsNaN(test.At(trial, 0, known)))
            known++;
        return Thirteen.Of(Stretch(test, trial, 1, known), Stretch(test, trial, 3, known), Stretch(test, trial, 4, known), Stretch(test, trial, 5, known));
    }

    private static double[] Stretch(StoredBacktest test, int trial, int stretch, int length) => [.. Enumerable.Range(0, length).Select(step => test.At(trial, stretch, step))];
}
