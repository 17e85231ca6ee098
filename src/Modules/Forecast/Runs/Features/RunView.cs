using EPM.Forecast.Runs;
using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using Npgsql;

namespace EPM.Forecast.Features;

/// <summary>A run as the API tells it.</summary>
/// <param name="Series">Series it goes over.</param>
/// <param name="Refitted">Of those done, the ones whose sales had changed.</param>
/// <param name="AsOf">Last business date it learns from.</param>
internal sealed record RunView(
    Guid Id, string Kind, string State, bool Nightly, int Series, int Done, int Refitted, int Failed, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    int? SecondsLeft, string? RequestedBy, DateOnly? AsOf, RunFailure? Failure);

internal sealed record RunFailure(string Code, string Message);

/// <summary>Reads runs for showing them.</summary>
internal sealed class RunViews(TenantSession session, CurrentCaller caller, Texts texts, TimeProvider time)
{
    private const string Columns = "run_id, kind, state, nightly, series, done, refitted, failed, started_at, finished_at, requested_by, as_of, failure_code";

    public async Task<RunView?> FindAsync(Guid id, CancellationToken ct) =>
        (await ReadAsync("run_id = $2", [new NpgsqlParameter<Guid> { TypedValue = id }], ct)).FirstOrDefault();

    public Task<List<RunView>> PageAsync(int page, int size, CancellationToken ct) => ReadAsync("true ORDER BY created_at DESC, run_id DESC LIMIT $2 OFFSET $3",
        [new NpgsqlParameter<int> { TypedValue = size }, new NpgsqlParameter<int> { TypedValue = (page - 1) * size }], ct);

    public Task<long> CountAsync(CancellationToken ct) => session.ReadAsync("SELECT count(*) FROM forecast.run WHERE tenant_id = $1",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }], async reader => await reader.ReadAsync(ct) ? reader.GetInt64(0) : 0, ct);

    private Task<List<RunView>> ReadAsync(string where, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken ct) => session.ReadAsync(
        $"SELECT {Columns} FROM forecast.run WHERE tenant_id = $1 AND {where}", [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, .. parameters], async reader =>
        {
            var runs = new List<RunView>();
            while (await reader.ReadAsync(ct))
                runs.Add(View(reader));
            return runs;
        }, ct);

    private RunView View(NpgsqlDataReader row)
    {
        var (state, series, done) = (row.GetString(2), row.GetInt32(4), row.GetInt32(5));
        var started = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset?>(8);
        var failure = row.IsDBNull(12) ? null : row.GetString(12);
        return new RunView(row.GetGuid(0), row.GetString(1), state, row.GetBoolean(3), series, done, row.GetInt32(6), row.GetInt32(7), started,
            row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset?>(9), state == RunStates.Running ? LeftOf(started, series, done) : null,
            row.IsDBNull(10) ? null : row.GetString(10), row.IsDBNull(11) ? null : row.GetFieldValue<DateOnly?>(11),
            failure is null ? null : new RunFailure(failure, texts.Say(caller.Value.Language, failure)));
    }

    private int? LeftOf(DateTimeOffset? started, int series, int done) =>
        started is null || done == 0 ? null : (int)Math.Ceiling((time.GetUtcNow() - started.Value).TotalSeconds / done * (series - done));
}
