using EPM.Platform.Persistence;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPM.Platform.Jobs;

/// <summary>
/// Shows that a worker lives, by an advisory lock on a connection of its own: it goes with the process, in whatever way that ends, and
/// who finds it gone need not wait for leases to run out. Where nobody tells the server of the end, as when a machine loses its power or
/// hangs, the leases' clock still does.
/// </summary>
internal sealed partial class WorkerLife(Database database, Ids ids, TimeProvider time, ILogger logger)
{
    // Told apart from workers of a release before, who show nothing.
    private const string Shows = "live:";

    private volatile TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _told;

    public string Name { get; } = $"{Shows}{Environment.MachineName}:{Environment.ProcessId}:{ids.Next():N}";

    /// <summary>Whether a worker other than the one who asks is known to have ended; a condition in SQL.</summary>
    public static string IsGone(string worker, string asking) =>
        $"CASE WHEN {worker} LIKE '{Shows}%' AND {worker} <> {asking} THEN pg_try_advisory_xact_lock_shared(hashtextextended({worker}, 0)) ELSE false END";

    /// <summary>Ends once the lock is held: whoever took a job before would be thought dead.</summary>
    public Task ShownAsync(CancellationToken ct) => _shown.Task.WaitAsync(ct);

    public async Task RunAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await ShowAsync(ended);
            }
            catch (Exception) when (ended.IsCancellationRequested)
            {
                // With the process goes the connection, in the middle of whatever it was doing.
                return;
            }
            catch (Exception failure)
            {
                if (_shown.Task.IsCompleted)
                    _shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (!_told)
                    LogLost(failure);
                _told = true;
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), time, ended));
            }
        }
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        await using var connection = await Database.OpenAsync(database.Loops, ct);
        await using (var hold = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = Name } } })
            await hold.ExecuteNonQueryAsync(ct);
        _shown.TrySetResult();
        _told = false;
        await connection.UntilLostAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This worker could not show that it lives; it takes no job until it can")]
    private partial void LogLost(Exception failure);
}
