using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Jobs;

/// <summary>
/// The job that a unit of work is done for, if it is done for one. A worker may go on, not knowing that it was given up and its job was
/// taken: so whatever begins to write holds the job's row to its end, and where the job is another's by then, nothing is written.
/// </summary>
public sealed class HeldJob : IUnitGuard
{
    private Job? _job;

    internal void Set(Job job) => _job = job;

    /// <exception cref="JobTakenException">Another worker has the job.</exception>
    public async Task BegunAsync(TenantSession session, CancellationToken ct)
    {
        if (_job is null)
            return;
        // KEY SHARE lets the worker's own renewals pass, and no claim.
        await using var hold = session.Command("SELECT 1 FROM platform.job WHERE job_id = $1 AND worker = $2 AND attempts = $3 FOR KEY SHARE");
        hold.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = _job.Id }, new NpgsqlParameter<string> { TypedValue = _job.Worker }, new NpgsqlParameter<int> { TypedValue = _job.Attempts },
        });
        if (await hold.ExecuteScalarAsync(ct) is null)
            throw new JobTakenException();
    }

    public Task AnsweringAsync<T>(TenantSession session, T answer, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>The job was taken by another worker, who believed this one dead: what it does from now on is the other's to do.</summary>
public sealed class JobTakenException() : Exception("The job was taken by another worker.");
