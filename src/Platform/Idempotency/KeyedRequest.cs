using System.Text.Json;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Idempotency;

/// <summary>
/// The <c>Idempotency-Key</c> of the current request. The key is written with the effect, in its transaction, and carries the answer:
/// whoever asks again under it gets that answer, and an effect that was rolled back has left no key.
/// </summary>
public sealed class KeyedRequest(AnswerSeal seal, TimeProvider time) : IUnitGuard
{
    /// <summary>How long an answer is kept for whoever asks again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private KeyScope? _scope;
    private byte[]? _fingerprint;
    private bool _kept;

    public bool IsSet => _scope is not null;

    /// <summary>Whether the answer is one that was given before.</summary>
    public bool Replayed { get; private set; }

    internal void Set(KeyScope scope, byte[]? body)
    {
        _scope = scope;
        if (body is not null)
            BodyIs(body);
    }

    /// <summary>Tells the hash of a body that is read as it streams; before the unit of work begins. Nothing to do for any other.</summary>
    public void BodyIs(byte[] hash)
    {
        if (_scope is not null)
            _fingerprint = seal.Fingerprint($"{_scope.Route}\n{_scope.Asked}", hash);
    }

    /// <summary>Waits for whoever has the key at this moment, and ends this unit of work if it was answered before.</summary>
    public async Task BegunAsync(TenantSession session, CancellationToken ct)
    {
        if (_scope is null || _kept)
            return;
        if (await FindAsync(session, _scope, ct) is not { } stored)
            return;
        if (!stored.Fingerprint.AsSpan().SequenceEqual(_fingerprint))
            throw new Http.RuleBroken("idempotency_key_reused");
        Replayed = true;
        throw new AnsweredBefore(seal.Unseal(stored.Answer));
    }

    public async Task AnsweringAsync<T>(TenantSession session, T answer, CancellationToken ct)
    {
        if (_scope is null || _kept)
            return;
        var now = time.GetUtcNow();
        await using var keep = session.Command("""
            INSERT INTO platform.idempotency AS kept (tenant_id, caller, route, key, fingerprint, answer, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (tenant_id, caller, route, key) DO UPDATE
              SET fingerprint = EXCLUDED.fingerprint, answer = EXCLUDED.answer, made_at = EXCLUDED.made_at WHERE kept.made_at <= $8
            """);
        Name(keep, session, _scope);
        keep.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _fingerprint ?? throw new InvalidOperationException("The body of this request was not told.") });
        keep.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = seal.Seal(JsonSerializer.SerializeToUtf8Bytes(answer, JsonSerializerOptions.Web)) });
        keep.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        keep.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - KeptFor });
        if (await keep.ExecuteNonQueryAsync(ct) != 1)
            throw new KeyInFlight();
        session.AfterCommit(() => _kept = true);
    }

    // The lock is this key's alone and goes with the transaction. Whoever waits for it longer than a caller should is told so.
    private async Task<(byte[] Fingerprint, byte[] Answer)?> FindAsync(TenantSession session, KeyScope scope, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        batch.BatchCommands.Add(new(FormattableString.Invariant($"SET LOCAL lock_timeout = '{KeyInFlight.Patience.TotalMilliseconds:0}ms'")));
        batch.BatchCommands.Add(new("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = $"{session.TenantId}|{scope.Caller}|{scope.Route}|{scope.Key}" } },
        });
        batch.BatchCommands.Add(new("SET LOCAL lock_timeout TO DEFAULT"));
        var select = new NpgsqlBatchCommand("""
            SELECT fingerprint, answer FROM platform.idempotency WHERE tenant_id = $1 AND caller = $2 AND route = $3 AND key = $4 AND made_at > $5
            """);
        foreach (var parameter in Names(session, scope))
            select.Parameters.Add(parameter);
        select.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() - KeptFor });
        batch.BatchCommands.Add(select);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            return await reader.ReadAsync(ct) ? (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)) : null;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new KeyInFlight();
        }
    }

    private static void Name(NpgsqlCommand command, TenantSession session, KeyScope scope) =>
        command.Parameters.AddRange(Names(session, scope));

    private static NpgsqlParameter[] Names(TenantSession session, KeyScope scope) =>
    [
        new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = scope.Caller },
        new NpgsqlParameter<string> { TypedValue = scope.Route }, new NpgsqlParameter<string> { TypedValue = scope.Key },
    ];
}

/// <summary>Whose key it is: the same text under another caller or route is another key.</summary>
/// <param name="Asked">Path and query as they were sent.</param>
internal sealed record KeyScope(Guid Caller, string Route, string Key, string Asked);
