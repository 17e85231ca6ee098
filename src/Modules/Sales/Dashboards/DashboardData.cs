using EPM.Platform.Persistence;
using EPM.Sales.Metrics;
using EPM.Sales.Rollups;
using Npgsql;

namespace EPM.Sales.Dashboards;

/// <summary>Sums by store and point, ours or the comparison's.</summary>
internal sealed record StorePoint(int StoreNo, int Point, Measures Measures);

/// <summary>What the dashboard reads, each part in one statement, all in one round trip of one transaction.</summary>
internal sealed class DashboardData
{
    public List<StorePoint> Ours { get; } = [];

    public List<StorePoint> Theirs { get; } = [];

    public Dictionary<int, Measures> Categories { get; } = [];

    public Dictionary<int, Measures> CategoriesBefore { get; } = [];

    public List<(int Weekday, int Hour, long Revenue)> Heat { get; } = [];

    public (DateTimeOffset At, Guid Id)? LastImport { get; private set; }

    public static Task<DashboardData> ReadAsync(
        Database database, Guid tenant, Selection selection, Period elapsed, Comparison? comparison, Grain grain, CancellationToken ct) => database.ReadAsync(async connection =>
    {
        var data = new DashboardData();
        var against = comparison is { Kind: not Comparison.Objective } ? comparison : null;
        await using var batch = new NpgsqlBatch(connection);
        var bind = new NpgsqlBatchCommand(TenantSession.BindTenantReadOnly);
        bind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
        batch.BatchCommands.Add(bind);
        var children = selection.Children.Select(c => c.No).ToArray();
        Add(batch, tenant, p => StoresSql(p, selection, elapsed, byDay: !grain.IsMonth));
        Add(batch, tenant, p => CategoriesSql(p, children, selection.StoreNos, elapsed));
        if (against is not null)
        {
            Add(batch, tenant, p => StoresSql(p, selection, against.Period, byDay: !grain.IsMonth || against.ShiftsDays));
            Add(batch, tenant, p => CategoriesSql(p, children, selection.StoreNos, against.Period));
        }
        Add(batch, tenant, p => HeatSql(p, selection.Reach.IsPart ? [] : selection.StoreNos, elapsed));
        Add(batch, tenant, p => "SELECT finished_at, import_id FROM sales.import WHERE tenant_id = $1 AND kind = 'sales' AND NOT dry_run AND added + updated > 0 AND finished_at IS NOT NULL ORDER BY import_no DESC LIMIT 1");
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await StoresAsync(reader, data.Ours, day => grain.Index(day), ct);
        await CategoriesAsync(reader, data.Categories, ct);
        if (against is not null)
        {
            await StoresAsync(reader, data.Theirs, day => Math.Clamp(grain.Index(against.ToOurs(day)), 0, grain.Count - 1), ct);
            await CategoriesAsync(reader, data.CategoriesBefore, ct);
        }
        while (await reader.ReadAsync(ct))
            data.Heat.Add((reader.GetInt32(0), reader.GetInt16(1), reader.GetInt64(2)));
        await reader.NextResultAsync(ct);
        if (await reader.ReadAsync(ct))
            data.LastImport = (reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1));
        return data;
    }, ct);

    private static void Add(NpgsqlBatch batch, Guid tenant, Func<List<NpgsqlParameter>, string> sql)
    {
        var parameters = new List<NpgsqlParameter> { new NpgsqlParameter<Guid> { TypedValue = tenant } };
        var command = new NpgsqlBatchCommand(sql(parameters));
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    private static string StoresSql(List<NpgsqlParameter> parameters, Selection selection, Period period, bool byDay)
    {
        var source = RollupSource.Categories(parameters, selection.TopNos, selection.StoreNos, period, byDay);
        var day = byDay ? "day" : "date_trunc('month', day)::date";
        return $"SELECT store_no, {day}, {RollupSource.Sums} FROM {source} r GROUP BY 1, 2";
    }

    private static string CategoriesSql(List<NpgsqlParameter> parameters, int[] categories, int[] stores, Period period) =>
        $"SELECT category_no, {RollupSource.Sums} FROM {RollupSource.Categories(parameters, categories, stores, period, byDay: false)} r GROUP BY 1";

    private static string HeatSql(List<NpgsqlParameter> parameters, int[] stores, Period period) => $"""
        SELECT extract(isodow FROM day)::int, hour, sum(revenue)::bigint FROM sales.day_hour
        WHERE tenant_id = $1 AND store_no = ANY ({RollupSource.Add(parameters, stores)})
          AND day BETWEEN {RollupSource.Add(parameters, period.From)} AND {RollupSource.Add(parameters, period.To)} GROUP BY 1, 2 ORDER BY 1, 2
        """;

    private static async Task StoresAsync(NpgsqlDataReader reader, List<StorePoint> points, Func<DateOnly, int> pointOf, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
            points.Add(new StorePoint(reader.GetInt32(0), pointOf(reader.GetFieldValue<DateOnly>(1)), MetricReader.ReadMeasures(reader, 2)));
        await reader.NextResultAsync(ct);
    }

    private static async Task CategoriesAsync(NpgsqlDataReader reader, Dictionary<int, Measures> categories, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
            categories[reader.GetInt32(0)] = MetricReader.ReadMeasures(reader, 1);
        await reader.NextResultAsync(ct);
    }
}
