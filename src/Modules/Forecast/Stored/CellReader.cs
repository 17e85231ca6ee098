using EPM.Forecast.Engine;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Stored;

/// <summary>A cell that has a forecast, as a run needs to know it.</summary>
internal sealed record KnownCell(CellKey Key, string State, DateOnly LastSold, DateTimeOffset TrainedAt, bool Stale);

/// <summary>What a cell's forecast was made from, and how.</summary>
internal sealed record KeptRecipe(Recipe Recipe, long Fingerprint, DateOnly AsOf, string State);

/// <param name="Mark">How far imports had come when it was planned.</param>
internal sealed record WholeRun(Guid Id, long Mark, long KnownPrint, DateTimeOffset CreatedAt, DateTimeOffset FinishedAt);

/// <summary>Answers what runs left behind.</summary>
internal sealed class CellReader(TenantSession session)
{
    public Task<List<KnownCell>> AllAsync(CancellationToken ct) => session.ReadAsync(
        "SELECT store_no, product_no, state, last_sold, trained_at, stale FROM forecast.cell WHERE tenant_id = $1", [Tenant()], async reader =>
        {
            var cells = new List<KnownCell>();
            while (await reader.ReadAsync(ct))
                cells.Add(new KnownCell(new CellKey(reader.GetInt32(0), reader.GetInt32(1)), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetBoolean(5)));
            return cells;
        }, ct);

    /// <summary>The last run that went over the whole chain to its end.</summary>
    public Task<WholeRun?> LastWholeRunAsync(CancellationToken ct) => session.ReadAsync("""
        SELECT run_id, sales_mark, known_print, created_at, finished_at FROM forecast.run
        WHERE tenant_id = $1 AND state = 'completed' AND skus IS NULL AND stores IS NULL AND as_of IS NOT NULL ORDER BY created_at DESC, run_id DESC LIMIT 1
        """, [Tenant()], async reader => await reader.ReadAsync(ct)
            ? new WholeRun(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateTimeOffset>(4))
            : null, ct);

    /// <summary>First days without a product any more, by product.</summary>
    public Task<Dictionary<int, DateOnly>> EndsAsync(CancellationToken ct) => session.ReadAsync(
        "SELECT product_no, ends_on FROM forecast.life WHERE tenant_id = $1 AND ends_on IS NOT NULL", [Tenant()], async reader =>
        {
            var ends = new Dictionary<int, DateOnly>();
            while (await reader.ReadAsync(ct))
                ends[reader.GetInt32(0)] = reader.GetFieldValue<DateOnly>(1);
            return ends;
        }, ct);

    /// <summary>Whether a product is over in all of these stores that ever had it.</summary>
    public Task<bool> IsEndedAsync(int productNo, int[] storeNos, CancellationToken ct) => session.ReadAsync(
        "SELECT coalesce(bool_and(state = 'ended'), false) FROM forecast.cell WHERE tenant_id = $1 AND product_no = $2 AND store_no = ANY ($3)",
        [Tenant(), new NpgsqlParameter<int> { TypedValue = productNo }, new NpgsqlParameter<int[]> { TypedValue = storeNos }],
        async reader => await reader.ReadAsync(ct) && reader.GetBoolean(0), ct);

    /// <summary>Recipes of some products of a store.</summary>
    public Task<Dictionary<int, KeptRecipe>> RecipesAsync(int storeNo, int[] productNos, CancellationToken ct) => session.ReadAsync("""
        SELECT c.product_no, p.recipe, c.fingerprint, c.as_of, c.state FROM forecast.cell c JOIN forecast.prediction p USING (tenant_id, product_no, store_no)
        WHERE c.tenant_id = $1 AND c.store_no = $2 AND c.product_no = ANY ($3)
        """, [Tenant(), new NpgsqlParameter<int> { TypedValue = storeNo }, new NpgsqlParameter<int[]> { TypedValue = productNos }], async reader =>
        {
            var recipes = new Dictionary<int, KeptRecipe>();
            while (await reader.ReadAsync(ct))
                recipes[reader.GetInt32(0)] = new KeptRecipe(Kept.RecipeOf(reader.GetString(1)), reader.GetInt64(2), reader.GetFieldValue<DateOnly>(3), reader.GetString(4));
            return recipes;
        }, ct);

    private NpgsqlParameter<Guid> Tenant() => new() { TypedValue = session.TenantId };
}
