using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Operations;

/// <summary>What the verbs <c>backup</c> and <c>drill</c> have written down. It concerns the whole deployment and tells of no tenant.</summary>
/// <param name="Installed">When this database was set up: nothing can be missing from before.</param>
/// <param name="Server">PostgreSQL's version.</param>
/// <param name="Backup">The newest of the whole database.</param>
/// <param name="Good">The newest drill that brought everything back and found what had been spoilt.</param>
/// <param name="Drills">The newest drills of all, newest first.</param>
public sealed record RestoreProof(DateTimeOffset Installed, string Server, BackupNote? Backup, DrillNote? Good, IReadOnlyList<DrillNote> Drills)
{
    private const string Note = "SELECT at, exact AND damage_seen, rpo_seconds::float8, rto_seconds::float8 FROM platform.drill";

    /// <summary>Reads in one round trip.</summary>
    public static async Task<RestoreProof> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT min(applied_at), split_part(current_setting('server_version'), ' ', 1) FROM platform.migration"),
                new("""
                    SELECT at, EXISTS (SELECT FROM platform.drill d WHERE d.backup = b.name AND d.exact AND d.damage_seen)
                    FROM platform.backup b WHERE kind = 'physical' ORDER BY at DESC LIMIT 1
                    """),
                new(Note + " WHERE exact AND damage_seen ORDER BY at DESC LIMIT 1"),
                new(Note + " ORDER BY at DESC LIMIT 8"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (installed, server) = (reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1));
        await reader.NextResultAsync(ct);
        var backup = await reader.ReadAsync(ct) ? new BackupNote(reader.GetFieldValue<DateTimeOffset>(0), reader.GetBoolean(1)) : null;
        await reader.NextResultAsync(ct);
        var good = await reader.ReadAsync(ct) ? Drill(reader) : null;
        await reader.NextResultAsync(ct);
        var drills = new List<DrillNote>();
        while (await reader.ReadAsync(ct))
            drills.Add(Drill(reader));
        return new RestoreProof(installed, server, backup, good, drills);
    }

    private static DrillNote Drill(NpgsqlDataReader reader) =>
        new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetBoolean(1), reader.GetDouble(2), reader.GetDouble(3));
}

/// <param name="Verified">Whether a good drill has restored this very backup.</param>
public sealed record BackupNote(DateTimeOffset At, bool Verified);

/// <param name="RpoSeconds">The longest a commit was on the server's own disk alone.</param>
/// <param name="RtoSeconds">From the decision to restore to a server that answers.</param>
public sealed record DrillNote(DateTimeOffset At, bool Good, double RpoSeconds, double RtoSeconds);
