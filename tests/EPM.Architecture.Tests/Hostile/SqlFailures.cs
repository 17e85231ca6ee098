using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace EPM.Architecture.Tests.Hostile;

/// <summary>The SQLSTATEs of statements that failed on one database, as the driver itself tells them: nothing hides behind an answer.</summary>
internal sealed class SqlFailures : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentBag<string> _states = [];

    public SqlFailures(string connection)
    {
        var database = new NpgsqlConnectionStringBuilder(connection).Database;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.namespace") as string == database && activity.GetTagItem("db.response.status_code") is string state)
                    _states.Add($"{state}: {activity.GetTagItem("db.query.text") ?? activity.DisplayName}");
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Syntax error, no such column, text that is no value of its type: what an injection leaves behind.</summary>
    public IReadOnlyList<string> Injected => [.. All.Where(state => state.StartsWith("42601", StringComparison.Ordinal) || state.StartsWith("42703", StringComparison.Ordinal) || state.StartsWith("22P02", StringComparison.Ordinal))];

    public IReadOnlyList<string> All => [.. _states];

    public void Dispose() => _listener.Dispose();
}
