using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Contracts;
using Npgsql;

namespace EPM.Sales.Metrics;

/// <summary>Makes the answer to a metric query: rows, their comparison, and totals computed anew from the sums.</summary>
internal sealed class MetricAnswers(SalesFilters filters, MetricReader reader, TenantSession session, CurrentTenant tenant)
{
    public async Task<MetricAnswer> MakeAsync(QueryMetrics query, long version, CancellationToken ct)
    {
        var selection = await filters.ResolveAsync(query.Filter, ct);
        var known = selection.Known;
        var elapsed = known.Through is { } through ? query.Period.Until(through) : query.Period;
        var comparison = Comparison.Of(query.Compare, query.Period, elapsed);
        var metrics = query.Metrics.Select(name => MetricRegistry.Find(name)!).ToArray();
        var plans = metrics.Any(m => m.Name.StartsWith(MetricRegistry.Objective, StringComparison.Ordinal)) || comparison?.Kind == Comparison.Objective;
        var spread = plans ? await reader.ObjectivesAsync(selection, query.Period, elapsed.To, ct) : null;
        var ours = await reader.ReadAsync(selection, query.Period, query.By, day => day, exactDays: false, spread, ct);
        var total = await TotalAsync(selection, query, query.Period, spread, ct);
        IReadOnlyList<MetricRow> theirs = [];
        Totals? theirTotal = null;
        if (comparison is { Kind: not Comparison.Objective })
        {
            theirs = await reader.ReadAsync(selection, comparison.Period, query.By, comparison.ToOurs, comparison.ShiftsDays, null, ct);
            theirTotal = known.Cover(comparison) ? await TotalAsync(selection, query, comparison.Period, null, ct) : null;
        }
        var decimals = Currencies.Decimals(tenant.Info.Currency);
        var labels = await LabelsAsync(query.By, selection, ours.Concat(theirs), ct);
        var byKey = theirs.ToDictionary(row => new RowKey(row.Keys), row => row.Totals);
        // A cell that only the comparison has is shown all the same: it fell to nothing.
        var rows = ours.Concat(theirs.Where(row => !ours.Any(o => o.Keys.SequenceEqual(row.Keys, StringComparer.Ordinal))).Select(row => row with { Totals = Totals.None }))
            .OrderBy(row => string.Join('\u001f', row.Keys), StringComparer.Ordinal).ToArray();
        var values = Table(metrics, rows.Select(row => (Totals?)row.Totals), decimals, Partitions(query.By));
        var compares = comparison is null ? null
            : comparison.Kind == Comparison.Objective ? Plans(metrics, rows, decimals)
            : Table(metrics, rows.Select(row => byKey.TryGetValue(new RowKey(row.Keys), out var t) ? (Totals?)t : null), decimals, Partitions(query.By));
        return new MetricAnswer(query.Period.From, query.Period.To, ComparePeriod.Of(comparison, known), query.By,
            [.. rows.Select((row, i) => new MetricAnswerRow(Named(query.By, row.Keys), Labelled(query.By, row.Keys, labels), values[i], compares?[i]))],
            new MetricTotals(Measured(Table(metrics, [total], decimals, partitions: false)[0], known.Meet(query.Period)),
                comparison is null ? null
                : comparison.Kind == Comparison.Objective ? Plans(metrics, [new MetricRow([], total)], decimals)[0]
                : Table(metrics, [theirTotal], decimals, partitions: false)[0]),
            version);
    }

    private async Task<Totals> TotalAsync(Selection selection, QueryMetrics query, Period period, ObjectiveSpread? spread, CancellationToken ct)
    {
        var rows = await reader.ReadAsync(selection, period, [], day => day, exactDays: false, spread, ct);
        return rows.Count == 0 ? Totals.None : rows[0].Totals;
    }

    // What is planned is known all the same.
    private static Dictionary<string, decimal?> Measured(Dictionary<string, decimal?> values, bool measured) => measured ? values
        : values.ToDictionary(pair => pair.Key, pair => pair.Key == MetricRegistry.Objective ? pair.Value : null, StringComparer.Ordinal);

    // Rows of categories leave out what hangs directly on their parent; all other dimensions cut the whole without remainder.
    private static bool Partitions(IReadOnlyList<string> by) => by.Count > 0 && !by.Contains("category", StringComparer.Ordinal);

    private static Dictionary<string, decimal?>[] Table(IReadOnlyList<Metric> metrics, IEnumerable<Totals?> totals, int decimals, bool partitions)
    {
        var cells = totals.ToArray();
        var rows = cells.Select(_ => new Dictionary<string, decimal?>(StringComparer.Ordinal)).ToArray();
        foreach (var metric in metrics)
        {
            var raw = cells.Select(cell => cell is { } known ? metric.Of(known) : null).ToArray();
            var told = partitions && metric is { Kind: MetricKind.Additive, Unit: MetricUnit.Money }
                ? Apportion.Round(raw, decimals)
                : [.. raw.Select(value => Apportion.Round(metric, value, decimals))];
            for (var i = 0; i < rows.Length; i++)
                rows[i][metric.Name] = told[i];
        }
        return rows;
    }

    // Only revenue is planned for.
    private static Dictionary<string, decimal?>[] Plans(IReadOnlyList<Metric> metrics, IReadOnlyList<MetricRow> rows, int decimals)
    {
        var plans = Apportion.Round([.. rows.Select(row => row.Totals.Due)], decimals);
        return [.. rows.Select((_, i) => metrics.ToDictionary(metric => metric.Name, metric => metric.Name == MetricRegistry.Revenue ? plans[i] : null, StringComparer.Ordinal))];
    }

    private static Dictionary<string, string> Named(IReadOnlyList<string> by, string[] keys) =>
        by.Zip(keys).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    private static Dictionary<string, string> Labelled(IReadOnlyList<string> by, string[] keys, Dictionary<(string, string), string> labels) =>
        by.Zip(keys).ToDictionary(pair => pair.First, pair => labels.GetValueOrDefault((pair.First, pair.Second), pair.Second), StringComparer.Ordinal);

    private async Task<Dictionary<(string, string), string>> LabelsAsync(IReadOnlyList<string> by, Selection selection, IEnumerable<MetricRow> rows, CancellationToken ct)
    {
        var labels = new Dictionary<(string, string), string>();
        foreach (var store in selection.Stores)
        {
            labels[("store", store.Code)] = store.Name;
            labels[("region", store.RegionCode)] = store.RegionName;
        }
        foreach (var category in selection.Categories)
            labels[("category", category.Code)] = category.Name;
        var productAt = by.ToList().IndexOf("product");
        if (productAt < 0)
            return labels;
        var skus = rows.Select(row => row.Keys[productAt]).Distinct(StringComparer.Ordinal).ToArray();
        await session.ReadAsync("SELECT sku, name FROM sales.product WHERE tenant_id = $1 AND sku = ANY ($2)",
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<string[]> { TypedValue = skus }],
            async names =>
            {
                while (await names.ReadAsync(ct))
                    labels[("product", names.GetString(0))] = names.GetString(1);
                return 0;
            }, ct);
        return labels;
    }
}
