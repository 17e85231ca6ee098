using EPM.Forecast.Answers;
using EPM.Platform.Caching;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Forecast.Accuracy;

/// <summary>How good forecasts are: by lag, level, category, store, model or week, beside the naive line.</summary>
[Needs(Permissions.ViewForecasts)]
[Reads]
internal sealed record GetAccuracy(AccuracyQuery Query) : IDirect<Answer>
{
    public static async Task<IResult> Endpoint(
        IMediator mediator, CancellationToken ct, string? by = null, DateOnly? from = null, DateOnly? to = null, string? store = null, string? category = null) =>
        await mediator.Send(new GetAccuracy(new AccuracyQuery(by is { Length: > 0 } ? by : "lag", from, to, store, category)), ct);
}

internal sealed class GetAccuracyHandler(AnswerCache cache, DataVersions versions, CurrentTenant tenant, CurrentCaller caller, Func<AccuracyReader> reader) : IRequestHandler<GetAccuracy, Answer>
{
    private static readonly string[] Cuts = ["lag", "level", "category", "store", "model", "week"];

    public async Task<Answer> Handle(GetAccuracy request, CancellationToken cancellationToken)
    {
        if (!Cuts.Contains(request.Query.By, StringComparer.Ordinal))
            throw new BadInput("forecast_by_unknown", ("by", request.Query.By));
        var version = await versions.CurrentAsync(tenant.Id, cancellationToken);
        return await cache.GetAsync(new AnswerKey(tenant.Id, caller.Value.AnswerScope, version, request.Query.Key),
            async () => Answer.Of(tenant.Id, await reader().ReadAsync(request.Query, CancellationToken.None)));
    }
}

/// <summary>Composes the answer.</summary>
internal sealed class AccuracyReader(Sight sight, BacktestRows backtests, LivedRows lived, Drifts drifts, TenantSession session)
{
    public async Task<AccuracyAnswer> ReadAsync(AccuracyQuery query, CancellationToken ct)
    {
        var seen = await sight.OfAsync(ct);
        var stores = query.Store is { Length: > 0 } code ? [seen.Store(code)] : seen.Stores;
        var category = query.Category is { Length: > 0 } named ? seen.Category(named) : null;
        var came = await lived.ReadAsync(seen, query, stores, category, ct);
        var rows = came ?? await backtests.ReadAsync(seen, query, stores, category, ct);
        var (failures, generated) = await session.ReadAsync("""
            SELECT count(*)::int, count(*) FILTER (WHERE failure IS NOT NULL)::int, count(*) FILTER (WHERE state <> 'ended')::int FROM forecast.cell WHERE tenant_id = $1 AND store_no = ANY ($2)
            """, [Tenant(), new NpgsqlParameter<int[]> { TypedValue = [.. stores.Select(store => store.StoreNo)] }], async reader =>
            {
                await reader.ReadAsync(ct);
                var of = reader.GetInt32(0);
                return (new FailureRate(of == 0 ? 0 : Rounded.Of(reader.GetInt32(1) / (double)of), of), reader.GetInt32(2));
            }, ct);
        return new AccuracyAnswer(came is null ? "backtest" : "lived", query.By, rows, await DriftAsync(seen, stores, category, ct), failures, await FittedAsync(ct), generated);
    }

    private async Task<IReadOnlyList<DriftRow>> DriftAsync(Seen seen, IReadOnlyList<StoreSummary> stores, CategorySummary? category, CancellationToken ct)
    {
        var byNo = stores.ToDictionary(store => store.StoreNo);
        return
        [
            .. from found in await drifts.AllAsync(ct)
               where byNo.ContainsKey(found.Cell.StoreNo)
               let product = seen.Catalogue.ByNo.GetValueOrDefault(found.Cell.ProductNo)
               where product is not null && seen.Sees(product) && (category is null || seen.Catalogue.IsWithin(product, category.CategoryNo))
               let store = byNo[found.Cell.StoreNo]
               select new DriftRow(product.Sku, product.Name, new Place(store.Code, store.Name), Rounded.Of(found.Drift.Before), Rounded.Of(found.Drift.Now), found.Drift.Since),
        ];
    }

    // Of the latest batches in which anything was fitted.
    private Task<FitTimes?> FittedAsync(CancellationToken ct) => session.ReadAsync("""
        SELECT percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY fit_ms / fitted) FROM (
          SELECT fit_ms, fitted FROM forecast.run_batch WHERE tenant_id = $1 AND fitted > 0 AND done_at IS NOT NULL ORDER BY done_at DESC LIMIT 100) latest
        """, [Tenant()], async reader => await reader.ReadAsync(ct) && !reader.IsDBNull(0) && reader.GetFieldValue<double[]>(0) is [var half, var most]
            ? new FitTimes(Rounded.Of(half), Rounded.Of(most))
            : null, ct);

    private NpgsqlParameter<Guid> Tenant() => new() { TypedValue = session.TenantId };
}
