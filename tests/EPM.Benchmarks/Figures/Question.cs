using EPM.Benchmarks.Data;
using Npgsql;

namespace EPM.Benchmarks.Figures;

/// <summary>One question put three ways: to the API, to the rollups by hand, and to DuckDB over the lines themselves.</summary>
/// <param name="Postgres">Statements of one round trip. The first has a column revenue, in ten-thousandths.</param>
/// <param name="DuckDb">The first has a column revenue, and one named ours where it covers the comparison too.</param>
/// <param name="GrowsWithLines">True where the answer itself has more to sum when more is sold.</param>
internal sealed record Question(
    string Name, string Path, DateOnly From, DateOnly To, DateOnly BeforeFrom, DateOnly BeforeTo, int? Store, string[] Postgres, string[] DuckDb, bool GrowsWithLines = false)
{
    public bool IsDashboard => Path.StartsWith("/api/v1/dashboard", StringComparison.Ordinal);

    /// <summary>DuckDB's statements with their dates in place.</summary>
    public IReadOnlyList<string> DuckStatements { get; } = [.. DuckDb.Select(sql => sql
        .Replace(":before_from", $"TIMESTAMP '{BeforeFrom:yyyy-MM-dd}'", StringComparison.Ordinal)
        .Replace(":from", $"TIMESTAMP '{From:yyyy-MM-dd}'", StringComparison.Ordinal)
        .Replace(":end", $"TIMESTAMP '{To.AddDays(1):yyyy-MM-dd}'", StringComparison.Ordinal))];

    public decimal Expected(Sums sums) => sums.Revenue(From, To, Store);

    /// <summary>The statements by hand, as one batch of the application's own role.</summary>
    public void Fill(NpgsqlBatch batch, Guid tenant, Numbers numbers)
    {
        var bind = new NpgsqlBatchCommand(Platform.Persistence.TenantSession.BindTenantReadOnly);
        bind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
        batch.BatchCommands.Add(bind);
        foreach (var sql in Postgres)
        {
            var command = new NpgsqlBatchCommand();
            var text = sql;
            Put("tenant", () => new NpgsqlParameter<Guid> { TypedValue = tenant });
            Put("stores", () => new NpgsqlParameter<int[]> { TypedValue = Store is { } one ? [numbers.Stores[one]] : numbers.Stores });
            Put("before_from", () => new NpgsqlParameter<DateOnly> { TypedValue = BeforeFrom });
            Put("before_to", () => new NpgsqlParameter<DateOnly> { TypedValue = BeforeTo });
            Put("from", () => new NpgsqlParameter<DateOnly> { TypedValue = From });
            Put("to", () => new NpgsqlParameter<DateOnly> { TypedValue = To });
            command.CommandText = text;
            batch.BatchCommands.Add(command);

            void Put(string name, Func<NpgsqlParameter> parameter)
            {
                if (!text.Contains($"@{name}@", StringComparison.Ordinal))
                    return;
                command.Parameters.Add(parameter());
                text = text.Replace($"@{name}@", $"${command.Parameters.Count}", StringComparison.Ordinal);
            }
        }
    }
}
