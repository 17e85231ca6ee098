using Npgsql;

namespace EPM.Sales.Metrics;

/// <summary>
/// Chooses the smallest rollup that answers a question: whole months come from the month rollup, only the days at the edges from the
/// day rollup; products from their own. Sale lines are never read.
/// </summary>
internal static class RollupSource
{
    public const string Measures = "tickets, lines, units, revenue, net, discount, cost, costed_net";

    public const string Sums =
        "sum(tickets)::bigint, sum(lines)::bigint, sum(units)::bigint, sum(revenue)::bigint, sum(net)::bigint, sum(discount)::bigint, sum(cost)::bigint, sum(costed_net)::bigint";

    /// <summary>A subquery with columns store_no, category_no, day and the measures, for the categories and stores given.</summary>
    /// <param name="parameters">Gets the parameters; $1 must be the tenant.</param>
    /// <param name="byDay">True when single days matter to the caller.</param>
    public static string Categories(List<NpgsqlParameter> parameters, int[] categories, int[] stores, Period period, bool byDay)
    {
        var where = $"tenant_id = $1 AND category_no = ANY ({Add(parameters, categories)}) AND store_no = ANY ({Add(parameters, stores)})";
        var first = period.From.Day == 1 ? period.From : new DateOnly(period.From.Year, period.From.Month, 1).AddMonths(1);
        var after = period.To.AddDays(1);
        var end = new DateOnly(after.Year, after.Month, 1);
        if (byDay || first >= end)
            return $"(SELECT store_no, category_no, day, {Measures} FROM sales.day_category WHERE {where} AND day BETWEEN {Add(parameters, period.From)} AND {Add(parameters, period.To)})";
        var parts = new List<string>
        {
            $"SELECT store_no, category_no, month AS day, {Measures} FROM sales.month_category WHERE {where} AND month >= {Add(parameters, first)} AND month < {Add(parameters, end)}",
        };
        if (period.From < first)
            parts.Add($"SELECT store_no, category_no, day, {Measures} FROM sales.day_category WHERE {where} AND day >= {Add(parameters, period.From)} AND day < {Add(parameters, first)}");
        if (end <= period.To)
            parts.Add($"SELECT store_no, category_no, day, {Measures} FROM sales.day_category WHERE {where} AND day >= {Add(parameters, end)} AND day <= {Add(parameters, period.To)}");
        return $"({string.Join(" UNION ALL ", parts)})";
    }

    /// <summary>A subquery with columns store_no, product_no, day and the measures.</summary>
    public static string Products(List<NpgsqlParameter> parameters, int[]? products, int[] stores, Period period)
    {
        var only = products is null ? "" : $" AND product_no = ANY ({Add(parameters, products)})";
        return $"(SELECT store_no, product_no, day, {Measures} FROM sales.day_product WHERE tenant_id = $1 AND store_no = ANY ({Add(parameters, stores)}) "
            + $"AND day BETWEEN {Add(parameters, period.From)} AND {Add(parameters, period.To)}{only})";
    }

    public static string Add<T>(List<NpgsqlParameter> parameters, T value)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return $"${parameters.Count}";
    }
}
