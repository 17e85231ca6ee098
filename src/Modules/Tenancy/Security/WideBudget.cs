using EPM.Tenancy.Persistence;
using Npgsql;

namespace EPM.Tenancy.Security;

/// <summary>Budgets of the whole deployment: what is counted across chains, or before there is one.</summary>
internal static class WideBudget
{
    private const string Table = "tenancy.wide_budget";

    public static async Task<OverBudget?> SpendAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string subject, int most, TimeSpan window, DateTimeOffset now, CancellationToken ct)
    {
        await using var spend = new NpgsqlCommand($"""
            INSERT INTO {Table} AS b (subject, opened_at, checks) VALUES ($1, $2, 1)
            ON CONFLICT (subject) DO UPDATE SET checks = CASE WHEN b.opened_at <= $3 THEN 1 ELSE b.checks + 1 END,
              opened_at = CASE WHEN b.opened_at <= $3 THEN $2 ELSE b.opened_at END
            RETURNING opened_at, checks
            """, connection, transaction);
        await using var reader = await spend.With(subject).With(now).With(now - window).ExecuteReaderAsync(ct);
        return await OverAsync(reader, most, window, now, ct);
    }

    public static async Task GiveBackAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string subject, CancellationToken ct)
    {
        await using var one = new NpgsqlCommand($"UPDATE {Table} SET checks = greatest(0, checks - 1) WHERE subject = $1", connection, transaction);
        await one.With(subject).ExecuteNonQueryAsync(ct);
    }

    public static async Task TidyAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken ct)
    {
        await using var tidy = new NpgsqlCommand($"DELETE FROM {Table} WHERE subject IN (SELECT subject FROM {Table} WHERE opened_at <= $1 FOR UPDATE SKIP LOCKED)", connection);
        await tidy.With(before).ExecuteNonQueryAsync(ct);
    }

    /// <param name="spent">A row: when the window was opened, and how many checks it has seen.</param>
    public static async Task<OverBudget?> OverAsync(NpgsqlDataReader spent, int most, TimeSpan window, DateTimeOffset now, CancellationToken ct)
    {
        await spent.ReadAsync(ct);
        var checks = spent.GetInt32(1);
        return checks <= most ? null : new OverBudget(spent.GetFieldValue<DateTimeOffset>(0) + window - now, First: checks == most + 1);
    }
}
