using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Messaging;

/// <summary>A tenant that facts wait for, as the deliveries name it.</summary>
public sealed record Addressee(Guid Tenant, string Slug);

/// <summary>What waits to be delivered, seen from outside the tenants: whose turn it is, and nothing of what a fact says.</summary>
public sealed class Deliveries(Database database)
{
    private readonly Waking _waking = new();

    /// <summary>Wakes a lane of this host's dispatcher.</summary>
    public void Signal() => _waking.Signal();

    /// <param name="quiet">How often in a row nothing was found: where there was something just now, another host may tell more soon.</param>
    internal Task SleepAsync(int quiet, TimeProvider time, CancellationToken stopping) => _waking.SleepAsync(time, stopping, Waking.PauseAfter(Math.Min(quiet - 1, 2)));

    /// <summary>Every tenant that a fact is due to, found by one step of the index each, however many facts wait for one of them.</summary>
    internal async Task<IReadOnlyList<Addressee>> DueAsync(string[] kinds, CancellationToken ct)
    {
        var due = new List<Addressee>();
        await using var look = database.Loops.CreateCommand("""
            WITH RECURSIVE waiting AS (
              (SELECT tenant, slug FROM platform.delivery WHERE NOT dead AND due_at <= clock_timestamp() AND kind = ANY ($1) ORDER BY tenant, delivery_no LIMIT 1)
              UNION ALL
              SELECT after.tenant, after.slug FROM waiting CROSS JOIN LATERAL (
                SELECT d.tenant, d.slug FROM platform.delivery d
                WHERE d.tenant > waiting.tenant AND NOT d.dead AND d.due_at <= clock_timestamp() AND d.kind = ANY ($1)
                ORDER BY d.tenant, d.delivery_no LIMIT 1) after)
            SELECT tenant, slug FROM waiting
            """);
        look.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = kinds });
        await using var reader = await look.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add(new Addressee(reader.GetGuid(0), reader.GetString(1)));
        return due;
    }

    /// <summary>Refuses what names no known tenant: nobody's scope is entered for it.</summary>
    internal async Task RefuseAsync(Addressee to, CancellationToken ct)
    {
        await using var refuse = database.Loops.CreateCommand("UPDATE platform.delivery SET dead = true WHERE tenant = $1 AND slug = $2 AND NOT dead");
        refuse.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = to.Tenant });
        refuse.Parameters.Add(new NpgsqlParameter<string> { TypedValue = to.Slug });
        await refuse.ExecuteNonQueryAsync(ct);
    }
}
