using EPM.Benchmarks.Data;

namespace EPM.Benchmarks.Figures;

/// <summary>What managers ask, with the statements a good engineer would write for exactly these figures.</summary>
internal static class Questions
{
    private const string Sums =
        "sum(r.tickets)::bigint AS tickets, sum(r.lines)::bigint AS lines, sum(r.units)::bigint AS units, sum(r.revenue)::bigint AS revenue, "
        + "sum(r.net)::bigint AS net, sum(r.discount)::bigint AS discount, sum(r.cost)::bigint AS cost, sum(r.costed_net)::bigint AS costed_net";

    private const string DuckSums =
        "count(DISTINCT ticket) FILTER (WHERE quantity > 0) AS tickets, count(*) AS lines, sum(quantity) AS units, sum(quantity * unit_price - discount) AS revenue, "
        + "sum((quantity * unit_price - discount) / (1 + tax_rate)) AS net, sum(discount) AS discount, sum(quantity * cost) AS cost";

    private const string ByStoreAndDay =
        "SELECT store_no, day, tickets, lines, units, revenue, net, discount, cost, costed_net FROM sales.day_category "
        + "WHERE tenant_id = @tenant@ AND category_no = 0 AND store_no = ANY (@stores@) AND day BETWEEN ";

    private const string ByStoreAndWeek =
        "SELECT r.store_no, (r.day - {0}) / 7, " + Sums + " FROM sales.day_category r "
        + "WHERE r.tenant_id = @tenant@ AND r.category_no = 0 AND r.store_no = ANY (@stores@) AND r.day BETWEEN {0} AND {1} GROUP BY 1, 2";

    private const string ByBranch =
        "SELECT c.code, c.name, " + Sums + " FROM sales.category c JOIN sales.month_category r ON r.tenant_id = c.tenant_id AND r.category_no = c.category_no "
        + "WHERE c.tenant_id = @tenant@ AND c.parent_no IS NULL AND r.store_no = ANY (@stores@) AND r.month BETWEEN ";

    // What a dashboard shows besides its sums.
    private static readonly string[] Around =
    [
        "SELECT extract(isodow FROM day)::int, hour, sum(revenue)::bigint FROM sales.day_hour WHERE tenant_id = @tenant@ AND store_no = ANY (@stores@) AND day BETWEEN @from@ AND @to@ GROUP BY 1, 2",
        "SELECT s.store_no, (SELECT max(d.day) FROM sales.day_category d WHERE d.tenant_id = s.tenant_id AND d.category_no = 0 AND d.store_no = s.store_no) FROM stores.store s WHERE s.tenant_id = @tenant@ AND s.store_no = ANY (@stores@)",
        "SELECT s.store_no, s.code, s.name, g.region_code, g.name FROM stores.store s JOIN stores.region g ON g.tenant_id = s.tenant_id AND g.region_code = s.region_code WHERE s.tenant_id = @tenant@",
        "SELECT store_no, month, revenue::text FROM stores.objective WHERE tenant_id = @tenant@ AND month BETWEEN date_trunc('month', @from@)::date AND @to@",
        "SELECT import_no, kind FROM sales.import WHERE tenant_id = @tenant@ AND kind = 'sales' AND NOT dry_run AND added + updated > 0 AND finished_at IS NOT NULL ORDER BY import_no DESC LIMIT 1",
    ];

    private const string DuckBranches =
        "SELECT branch, sold_at >= :from AS ours, sum(quantity * unit_price - discount) AS revenue, sum((quantity * unit_price - discount) / (1 + tax_rate)) AS net, sum(quantity * cost) AS cost "
        + "FROM line JOIN product USING (sku) WHERE sold_at >= :before_from AND sold_at < :end {0} GROUP BY ALL";

    private const string DuckHeat =
        "SELECT isodow(sold_at) AS weekday, hour(sold_at) AS hour, sum(quantity * unit_price - discount) AS revenue FROM line WHERE sold_at >= :from AND sold_at < :end {0} GROUP BY ALL";

    private const string DuckStores =
        "SELECT store, {1} AS point, sold_at >= :from AS ours, " + DuckSums + " FROM line JOIN product USING (sku) WHERE sold_at >= :before_from AND sold_at < :end {0} GROUP BY ALL";

    private static readonly DateOnly October = new(2025, 10, 1);
    private static readonly DateOnly July = new(2025, 7, 1);

    public static readonly IReadOnlyList<Question> All =
    [
        Month("dashboard: a month, all stores, against the month before", store: null),
        Month("dashboard: a month, one store", store: 6),
        new("dashboard: half a year by weeks, against the half before", "/api/v1/dashboard?from=2025-07-01&to=2025-12-31&compare=previous",
            July, new(2025, 12, 31), Shape.First, new(2025, 6, 30), null,
            [
                Between(ByStoreAndWeek, "@from@", "@to@"), Between(ByStoreAndWeek, "@before_from@", "@before_to@"),
                ByBranch + "@from@ AND @to@ GROUP BY 1, 2", ByBranch + "@before_from@ AND @before_to@ GROUP BY 1, 2", .. Around,
            ],
            [Duck(DuckStores, "", "(sold_at::DATE - DATE '2025-01-01') // 7"), Duck(DuckBranches, "", ""), Duck(DuckHeat, "", "")]),
        new("metrics: revenue, tickets and basket by store and month, a year",
            "/api/v1/metrics/query?metrics=revenue,tickets,basket&by=store,month&from=2025-01-01&to=2025-12-31",
            Shape.First, new(2025, 12, 31), default, default, null,
            [
                "SELECT s.code, r.month, r.revenue, r.tickets FROM sales.month_category r JOIN stores.store s ON s.tenant_id = r.tenant_id AND s.store_no = r.store_no "
                + "WHERE r.tenant_id = @tenant@ AND r.category_no = 0 AND r.store_no = ANY (@stores@) AND r.month BETWEEN @from@ AND @to@ ORDER BY 1, 2",
            ],
            ["SELECT store, date_trunc('month', sold_at) AS month, sum(quantity * unit_price - discount) AS revenue, count(DISTINCT ticket) AS tickets FROM line WHERE sold_at >= :from AND sold_at < :end GROUP BY ALL"]),
        new("metrics: revenue and units by category, a quarter against the one before",
            "/api/v1/metrics/query?metrics=revenue,units&by=category&from=2025-10-01&to=2025-12-31&compare=previous",
            October, new(2025, 12, 31), July, new(2025, 9, 30), null,
            [
                "SELECT c.code, c.name, sum(r.revenue) FILTER (WHERE r.month >= @from@)::bigint AS revenue, sum(r.units) FILTER (WHERE r.month >= @from@)::bigint, "
                + "sum(r.revenue) FILTER (WHERE r.month < @from@)::bigint, sum(r.units) FILTER (WHERE r.month < @from@)::bigint "
                + "FROM sales.category c JOIN sales.month_category r ON r.tenant_id = c.tenant_id AND r.category_no = c.category_no "
                + "WHERE c.tenant_id = @tenant@ AND c.parent_no IS NULL AND r.store_no = ANY (@stores@) AND r.month BETWEEN @before_from@ AND @to@ GROUP BY 1, 2 ORDER BY 1",
            ],
            ["SELECT branch, sold_at >= :from AS ours, sum(quantity * unit_price - discount) AS revenue, sum(quantity) AS units FROM line JOIN product USING (sku) WHERE sold_at >= :before_from AND sold_at < :end GROUP BY ALL"]),
        new("metrics: revenue and tickets by day, a year",
            "/api/v1/metrics/query?metrics=revenue,tickets&by=day&from=2025-01-01&to=2025-12-31", Shape.First, new(2025, 12, 31), default, default, null,
            ["SELECT day, sum(revenue)::bigint AS revenue, sum(tickets)::bigint AS tickets FROM sales.day_category WHERE tenant_id = @tenant@ AND category_no = 0 AND store_no = ANY (@stores@) AND day BETWEEN @from@ AND @to@ GROUP BY 1 ORDER BY 1"],
            ["SELECT sold_at::DATE AS day, sum(quantity * unit_price - discount) AS revenue, count(DISTINCT store || ticket) AS tickets FROM line WHERE sold_at >= :from AND sold_at < :end GROUP BY ALL"]),
        new("metrics: revenue and units by product, a month",
            "/api/v1/metrics/query?metrics=revenue,units&by=product&from=2025-10-01&to=2025-10-31", October, new(2025, 10, 31), default, default, null,
            [
                "SELECT p.sku, p.name, r.revenue, r.units FROM (SELECT product_no, sum(revenue)::bigint AS revenue, sum(units)::bigint AS units FROM sales.day_product "
                + "WHERE tenant_id = @tenant@ AND store_no = ANY (@stores@) AND day BETWEEN @from@ AND @to@ GROUP BY 1) r JOIN sales.product p ON p.tenant_id = @tenant@ AND p.product_no = r.product_no ORDER BY 1",
            ],
            ["SELECT sku, sum(quantity * unit_price - discount) AS revenue, sum(quantity) AS units FROM line WHERE sold_at >= :from AND sold_at < :end GROUP BY ALL"],
            GrowsWithLines: true),
    ];

    private static Question Month(string name, int? store)
    {
        var only = store is { } one ? $"AND store = '{Shape.StoreCode(one)}'" : "";
        return new(name, "/api/v1/dashboard?from=2025-10-01&to=2025-10-31&compare=previous" + (store is { } s ? $"&store={Shape.StoreCode(s)}" : ""),
            October, new(2025, 10, 31), new(2025, 9, 1), new(2025, 9, 30), store,
            [
                ByStoreAndDay + "@from@ AND @to@", ByStoreAndDay + "@before_from@ AND @before_to@",
                ByBranch + "@from@ AND @to@ GROUP BY 1, 2", ByBranch + "@before_from@ AND @before_to@ GROUP BY 1, 2", .. Around,
            ],
            [Duck(DuckStores, only, "sold_at::DATE"), Duck(DuckBranches, only, ""), Duck(DuckHeat, only, "")]);
    }

    private static string Between(string sql, string from, string to) => sql.Replace("{0}", from, StringComparison.Ordinal).Replace("{1}", to, StringComparison.Ordinal);

    private static string Duck(string sql, string only, string point) => Between(sql, only, point);
}
