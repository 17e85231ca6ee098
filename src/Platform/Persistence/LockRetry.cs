using System.Globalization;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>
/// Lets a migration give way: it waits for a lock no longer than its lock_timeout, because whoever comes after it waits behind it, and
/// tries again later. What it had done is rolled back each time.
/// </summary>
internal sealed class LockRetry(TimeProvider time)
{
    private const int MostTries = 12;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <exception cref="InvalidOperationException">The lock was never to be had; the message names who holds on to one.</exception>
    public async Task RunAsync(NpgsqlConnection connection, string what, Func<Task> apply, CancellationToken ct)
    {
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await apply();
                return;
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                var others = await OldestTransactionsAsync(connection, ct);
                if (tries == MostTries)
                    throw new InvalidOperationException($"Migration {what} got no lock in {MostTries} tries; nothing of it was applied. Open transactions, oldest first: {others}", busy);
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Migration {what} waits for a lock; trying again in {pause.TotalSeconds:0.0} s. Open transactions: {others}"));
            }
            await Task.Delay(pause, time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static async Task<string> OldestTransactionsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            SELECT coalesce(string_agg(format('process %s of %s (%s, %s) since %s', pid, usename, application_name, state, to_char(xact_start, 'HH24:MI:SS')), '; ' ORDER BY xact_start), 'none now')
            FROM (SELECT * FROM pg_stat_activity
              WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL ORDER BY xact_start LIMIT 3) oldest
            """, connection);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
