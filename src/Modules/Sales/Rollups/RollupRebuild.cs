using EPM.Platform.Persistence;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Sales.Rollups;

/// <summary>
/// The rollups as plain SQL over the lines: the second, independent telling of what <see cref="RollupDelta"/> keeps step by step.
/// Tests hold the two against each other.
/// </summary>
internal sealed class RollupRebuild(IStoreDirectory stores) : IRollupRebuild
{
    private const string Measures = "tickets, lines, units, revenue, net, discount, cost, costed_net";

    // Every line with its business date, amounts in ten-thousandths, and the price that held on the day.
    private const string Facts = """
        CREATE TEMP TABLE fact ON COMMIT DROP AS
        SELECT f.*, round(f.revenue::numeric * 10000 / (10000 + f.tax_basis_points))::bigint AS net,
          round(f.quantity * f.price * 10000)::bigint AS cost
        FROM (
          SELECT l.store_no, l.product_no, p.category_no, l.ticket, l.quantity, l.tax_basis_points,
            (l.sold_at AT TIME ZONE z.zone)::date AS day,
            CASE WHEN (l.sold_at AT TIME ZONE z.zone)::time = '00:00' THEN NULL ELSE extract(hour FROM l.sold_at AT TIME ZONE z.zone)::smallint END AS hour,
            (round(l.quantity * l.unit_price * 10000) - l.discount * 10000)::bigint AS revenue,
            (l.discount * 10000)::bigint AS discount,
            l.line,
            (SELECT round(c.cost, 4) FROM sales.product_cost c WHERE c.tenant_id = $1 AND c.product_no = l.product_no
               AND c.valid_from <= (l.sold_at AT TIME ZONE z.zone)::date ORDER BY c.valid_from DESC LIMIT 1) AS price
          FROM sales.line l
          JOIN unnest($2::int[], $3::text[]) AS z (store_no, zone) ON z.store_no = l.store_no
          JOIN sales.product p ON p.tenant_id = $1 AND p.product_no = l.product_no
          WHERE l.tenant_id = $1) f
        WHERE $4::int[] IS NULL OR (f.store_no, f.day) IN (SELECT r.store_no, r.day FROM sales.day_product r WHERE r.tenant_id = $1 AND r.product_no = ANY ($4))
        """;

    private const string Sums = """
        count(*) AS lines, (sum(quantity) * 10000)::bigint AS units, sum(revenue)::bigint AS revenue, sum(net)::bigint AS net, sum(discount)::bigint AS discount,
        coalesce(sum(cost), 0)::bigint AS cost, coalesce(sum(net) FILTER (WHERE cost IS NOT NULL), 0)::bigint AS costed_net
        """;

    private const string Tickets = "count(DISTINCT ticket) FILTER (WHERE quantity > 0 AND ticket NOT LIKE '=%') AS tickets";

    public Task ForProductsAsync(TenantSession session, IReadOnlyCollection<int> productNos, CancellationToken ct) =>
        productNos.Count == 0 ? Task.CompletedTask : RebuildAsync(session, [.. productNos], ct);

    public Task ForAllAsync(TenantSession session, CancellationToken ct) => RebuildAsync(session, null, ct);

    private async Task RebuildAsync(TenantSession session, int[]? products, CancellationToken ct)
    {
        session.FiguresChange();
        var all = (await stores.AllAsync(ct)).All;
        await RunAsync(session, "SELECT set_config('statement_timeout', '600s', true)", ct);
        await RunAsync(session, "DROP TABLE IF EXISTS pg_temp.fact", ct);
        await RunAsync(session, Facts, ct,
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId },
            new NpgsqlParameter<int[]> { TypedValue = [.. all.Select(store => store.StoreNo)] },
            new NpgsqlParameter<string[]> { TypedValue = [.. all.Select(store => store.TimeZone)] },
            new NpgsqlParameter<int[]?> { TypedValue = products });
        var touched = products is null ? "" : "AND (r.store_no, r.day) IN (SELECT store_no, day FROM fact)";
        foreach (var table in new[] { "day_product", "day_category", "day_hour" })
            await RunAsync(session, $"DELETE FROM sales.{table} r WHERE r.tenant_id = $1 {touched}", ct, Tenant(session));
        await RunAsync(session, $"""
            INSERT INTO sales.day_product (tenant_id, store_no, day, product_no, {Measures})
            SELECT $1, store_no, day, product_no, {Tickets}, {Sums} FROM fact GROUP BY store_no, day, product_no
            """, ct, Tenant(session));
        await RunAsync(session, $"""
            WITH RECURSIVE path (category_no, node) AS (
              SELECT category_no, category_no FROM sales.category WHERE tenant_id = $1
              UNION ALL SELECT p.category_no, c.parent_no FROM path p JOIN sales.category c ON c.tenant_id = $1 AND c.category_no = p.node WHERE c.parent_no IS NOT NULL),
            nodes AS (SELECT category_no, node FROM path UNION ALL SELECT category_no, 0 FROM sales.category WHERE tenant_id = $1)
            INSERT INTO sales.day_category (tenant_id, store_no, day, category_no, {Measures})
            SELECT $1, store_no, day, node, {Tickets}, {Sums} FROM fact JOIN nodes USING (category_no) GROUP BY store_no, day, node
            """, ct, Tenant(session));
        // A ticket counts in the earliest hour of a line sold.
        await RunAsync(session, """
            INSERT INTO sales.day_hour (tenant_id, store_no, day, hour, tickets, lines, revenue)
            SELECT $1, store_no, day, hour, count(*) FILTER (WHERE first), count(*), sum(revenue)
            FROM (SELECT *, quantity > 0 AND ticket NOT LIKE '=%'
                    AND row_number() OVER (PARTITION BY store_no, day, ticket ORDER BY quantity <= 0 OR hour IS NULL, hour) = 1 AS first FROM fact) f
            WHERE hour IS NOT NULL GROUP BY store_no, day, hour
            """, ct, Tenant(session));
        await MonthsAsync(session, products is not null, ct);
        await RunAsync(session, "DROP TABLE pg_temp.fact", ct);
    }

    private static async Task MonthsAsync(TenantSession session, bool partly, CancellationToken ct)
    {
        var touched = partly ? "AND (r.store_no, {0}) IN (SELECT store_no, date_trunc('month', day)::date FROM fact)" : "";
        await RunAsync(session, $"DELETE FROM sales.month_category r WHERE r.tenant_id = $1 {string.Format(System.Globalization.CultureInfo.InvariantCulture, touched, "r.month")}", ct, Tenant(session));
        await RunAsync(session, $"""
            INSERT INTO sales.month_category (tenant_id, category_no, store_no, month, {Measures})
            SELECT $1, category_no, store_no, date_trunc('month', day)::date, sum(tickets), sum(lines), sum(units), sum(revenue), sum(net), sum(discount), sum(cost), sum(costed_net)
            FROM sales.day_category r
            WHERE r.tenant_id = $1 {string.Format(System.Globalization.CultureInfo.InvariantCulture, touched, "date_trunc('month', r.day)::date")}
            GROUP BY category_no, store_no, date_trunc('month', day)
            """, ct, Tenant(session));
    }

    private static NpgsqlParameter<Guid> Tenant(TenantSession session) => new() { TypedValue = session.TenantId };

    private static async Task RunAsync(TenantSession session, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = session.Command(sql);
        command.CommandTimeout = 600;
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(ct);
    }
}
