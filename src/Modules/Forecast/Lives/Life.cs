using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Forecast.Lives;

/// <summary>What planners say of a product's first and last days.</summary>
/// <param name="LikeNo">Null to follow the category.</param>
/// <param name="EndsOn">First day on which nothing is expected any more.</param>
internal sealed record Life(int ProductNo, int? LikeNo, decimal Multiplier, bool Started, DateOnly? EndsOn);

/// <summary>Reads and writes what planners said; few products have any.</summary>
internal sealed class LifeStore(TenantSession session)
{
    public Task<List<Life>> AllAsync(CancellationToken ct) => session.ReadAsync(
        "SELECT product_no, like_no, multiplier, started, ends_on FROM forecast.life WHERE tenant_id = $1 AND (started OR ends_on IS NOT NULL) ORDER BY product_no",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }], async reader =>
        {
            var lives = new List<Life>();
            while (await reader.ReadAsync(ct))
                lives.Add(new Life(reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.GetDecimal(2), reader.GetBoolean(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4)));
            return lives;
        }, ct);

    public Task StartAsync(int productNo, int? likeNo, decimal multiplier, CancellationToken ct) => RunAsync("""
        INSERT INTO forecast.life (tenant_id, product_no, like_no, multiplier, started) VALUES ($1, $2, $3, $4, true)
        ON CONFLICT (tenant_id, product_no) DO UPDATE SET like_no = excluded.like_no, multiplier = excluded.multiplier, started = true
        """, productNo, ct, new NpgsqlParameter<int?> { TypedValue = likeNo }, new NpgsqlParameter<decimal> { TypedValue = multiplier });

    public Task EndAsync(int productNo, DateOnly? on, CancellationToken ct) => RunAsync("""
        INSERT INTO forecast.life (tenant_id, product_no, ends_on) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, product_no) DO UPDATE SET ends_on = excluded.ends_on
        """, productNo, ct, new NpgsqlParameter<DateOnly?> { TypedValue = on });

    private async Task RunAsync(string sql, int productNo, CancellationToken ct, params NpgsqlParameter[] more)
    {
        session.FiguresChange();
        await using var command = session.Command(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = productNo });
        command.Parameters.AddRange(more);
        await command.ExecuteNonQueryAsync(ct);
    }
}
