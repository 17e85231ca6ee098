using System.Globalization;
using EPM.Platform.Modules;
using Npgsql;

namespace EPM.Platform.Backup;

/// <summary>What was there at the moment to come back to.</summary>
internal sealed record Remembered(DateTimeOffset Moment, TimeSpan Lag, long Bytes, IReadOnlyList<Fingerprint> Fingerprints);

/// <summary>
/// The parts of a drill that speak with a server: fill a schema of its own, remember everything at one moment, destroy what is in that
/// schema, and compare what was restored. Nothing else of the server is touched, so it may be done beside the product at work.
/// </summary>
internal sealed class Drill(EpmSettings settings, TimeProvider time)
{
    private const int Commits = 160;
    private const int MostLockTries = 60;
    private static readonly TimeSpan BetweenLockTries = TimeSpan.FromMilliseconds(250);

    public async Task FillAsync(long bytes, CancellationToken ct)
    {
        await using var server = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        await server.ExecuteAsync("""
            DROP SCHEMA IF EXISTS drill CASCADE; CREATE SCHEMA drill;
            CREATE TABLE drill.marker (number bigint PRIMARY KEY, at timestamptz NOT NULL);
            CREATE TABLE drill.load (tenant_id uuid NOT NULL, number bigint NOT NULL, amount bigint NOT NULL, note text NOT NULL);
            INSERT INTO drill.load SELECT md5((n % 5)::text)::uuid, n, n * 7, md5(n::text) FROM generate_series(1, 10000) n
            """, ct);
        for (var from = 0L; await SizeAsync(server, ct) < bytes; from += 50_000)
            await server.ExecuteAsync("""
                INSERT INTO drill.load SELECT md5((n % 5)::text)::uuid, n, n * 7,
                  (SELECT string_agg(md5((n * 30 + part)::text), '') FROM generate_series(1, 30) part) FROM generate_series(20001 + $1, 70000 + $1) n
                """, ct, from);
    }

    /// <summary>Measures the archive's lag, remembers a moment, and then does the damage.</summary>
    public async Task<Remembered> RememberAndDestroyAsync(CancellationToken ct)
    {
        await using var server = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        var lag = await new ArchiveLag(time).MeasureAsync(server, Commits, ct);
        await using var reader = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        var moment = await MomentAsync(server, reader, ct);
        var remembered = new Remembered(moment, lag, await SizeAsync(reader, ct), await Fingerprint.OfAllAsync(reader, ct));
        await reader.ExecuteAsync("COMMIT", ct);
        await server.ExecuteAsync("DROP TABLE drill.marker", ct);
        await server.ExecuteAsync("UPDATE drill.load SET amount = amount + 1 WHERE number <= 10000", ct);
        await server.ExecuteAsync("CREATE TABLE drill.marker (number bigint PRIMARY KEY, at timestamptz NOT NULL)", ct);
        await new ArchiveLag(time).MeasureAsync(server, 1, ct);
        return remembered;
    }

    /// <summary>What differs between then and the restored server; nothing, if all is well.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(string restored, Remembered then, CancellationToken ct)
    {
        await using var server = await AdminSession.OpenAsync(restored, ct);
        var now = await Fingerprint.OfAllAsync(server, ct);
        return [.. then.Fingerprints.Except(now).Select(lost => $"- {lost}"), .. now.Except(then.Fingerprints).Select(odd => $"+ {odd}")];
    }

    /// <summary>Waits for a restored server to have taken over: it answers, and takes writes.</summary>
    public async Task AwaitAsync(string restored, CancellationToken ct)
    {
        for (var ready = false; !ready; await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct))
        {
            try
            {
                await using var server = await AdminSession.OpenAsync(restored, ct);
                ready = !await server.ScalarAsync<bool>("SELECT pg_is_in_recovery()", ct);
            }
            catch (NpgsqlException failure) when (failure.SqlState is null or PostgresErrorCodes.CannotConnectNow)
            {
                ready = false;
            }
        }
    }

    public async Task RecordAsync(string backup, Remembered then, bool exact, bool damageSeen, TimeSpan took, CancellationToken ct)
    {
        await using var server = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        await server.ExecuteAsync("INSERT INTO platform.drill (at, backup, exact, damage_seen, rpo_seconds, rto_seconds, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)", ct,
            time.GetUtcNow(), backup, exact, damageSeen, Math.Round(then.Lag.TotalSeconds, 3), Math.Round(took.TotalSeconds, 3), then.Bytes);
        await server.ExecuteAsync("DROP SCHEMA drill CASCADE", ct);
    }

    // Writers are held for the instant in which the snapshot is taken: whatever was committed before is in the snapshot and stamped earlier
    // than the moment, and whatever comes after is neither. Looking for deadlocks early makes a vacuum give way, and makes us and not a
    // writer the one that is refused.
    private async Task<DateTimeOffset> MomentAsync(AdminSession holder, AdminSession reader, CancellationToken ct)
    {
        var tables = string.Join(", ", await Fingerprint.TablesAsync(holder, ct));
        for (var tries = 1; tries <= MostLockTries; tries++)
        {
            await holder.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = '500ms'; SET LOCAL deadlock_timeout = '100ms'", ct);
            try
            {
                await holder.ExecuteAsync($"LOCK TABLE {tables} IN SHARE MODE", ct);
                var snapshot = await holder.ScalarAsync<string>("SELECT pg_export_snapshot()", ct);
                await reader.ExecuteAsync($"BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '{snapshot}'", ct);
                return new DateTimeOffset(await holder.ScalarAsync<DateTime>("SELECT clock_timestamp()", ct), TimeSpan.Zero);
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(BetweenLockTries, time, ct);
            }
            finally
            {
                await holder.ExecuteAsync("ROLLBACK", ct);
            }
        }
        throw new InvalidOperationException("Somebody has been writing without a pause: drill again when less is going on.");
    }

    private static Task<long> SizeAsync(AdminSession server, CancellationToken ct) =>
        server.ScalarAsync<long>("SELECT sum(pg_database_size(oid))::bigint FROM pg_database", ct);

    /// <summary>For the eye and the record.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
