using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Npgsql;

namespace EPM.Platform.Messaging;

/// <summary>
/// The facts of one unit of work, written as it commits. Whoever tells of the same subject waits here for the other's commit: were
/// numbers given earlier, a later number could be seen first, and the order within the subject would be lost.
/// </summary>
internal sealed class FactsAtCommit(TenantInfo tenant, Ids ids, Deliveries deliveries) : ICommitStep
{
    private readonly List<(Guid Id, long Stream, string Kind, string About, string Body)> _facts = [];

    public int Order => 1_000;

    public void Add<T>(T fact)
        where T : IFact =>
        _facts.Add((ids.Next(), StreamOf(tenant.Id, fact.About), Reactions.KindOf(typeof(T)), fact.About, JsonSerializer.Serialize(fact, JsonSerializerOptions.Web)));

    public async Task BeforeCommitAsync(TenantSession session, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        // Taken in one order by all, and last: nobody who holds one waits for anything but another of them.
        foreach (var stream in _facts.Select(fact => fact.Stream).Distinct().Order())
            batch.BatchCommands.Add(new("SELECT pg_advisory_xact_lock($1)") { Parameters = { new NpgsqlParameter<long> { TypedValue = stream } } });
        batch.BatchCommands.Add(new("INSERT INTO platform.fact (tenant_id, fact_id, kind, about, body) SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[])")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = tenant.Id }, new NpgsqlParameter<Guid[]> { TypedValue = [.. _facts.Select(fact => fact.Id)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. _facts.Select(fact => fact.Kind)] }, new NpgsqlParameter<string[]> { TypedValue = [.. _facts.Select(fact => fact.About)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. _facts.Select(fact => fact.Body)] },
            },
        });
        batch.BatchCommands.Add(new("""
            INSERT INTO platform.delivery (tenant, slug, fact_id, kind, stream)
            SELECT $1, $2, fact_id, kind, stream FROM unnest($3::uuid[], $4::text[], $5::bigint[]) WITH ORDINALITY AS told (fact_id, kind, stream, n) ORDER BY n
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = tenant.Id }, new NpgsqlParameter<string> { TypedValue = tenant.Slug },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. _facts.Select(fact => fact.Id)] }, new NpgsqlParameter<string[]> { TypedValue = [.. _facts.Select(fact => fact.Kind)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. _facts.Select(fact => fact.Stream)] },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
        session.AfterCommit(deliveries.Signal);
    }

    private static long StreamOf(Guid tenant, string about) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"fact|{tenant}|{about}")));
}
