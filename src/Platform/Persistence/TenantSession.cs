using EPM.Platform.Caching;
using EPM.Platform.Http;
using EPM.Platform.Tenancy;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>
/// One unit of work on the tenant's data: a connection, a transaction, and the tenant set inside that transaction only,
/// so that nothing is left on the connection when it goes back to the pool.
/// </summary>
public sealed class TenantSession(Database database, CurrentTenant tenant, DataVersions versions) : IAsyncDisposable
{
    /// <summary>Sets the tenant and forbids writes for the current transaction.</summary>
    public const string BindTenantReadOnly = "SELECT set_config('app.tenant', $1, true), set_config('transaction_read_only', 'on', true)";

    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private bool _figuresChanged;
    private bool _committed;
    private List<Action>? _afterCommit;
    private List<ICommitStep>? _steps;
    private List<ModuleDbContext>? _contexts;
    private bool _readOnly;

    /// <exception cref="InvalidOperationException">No transaction was begun.</exception>
    public NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("No transaction was begun.");

    public NpgsqlTransaction Transaction => _transaction ?? throw new InvalidOperationException("No transaction was begun.");

    public bool HasBegun => _transaction is not null;

    public Guid TenantId => tenant.Id;

    /// <summary>
    /// For work on the tenant as a whole: waits for those who write to it, keeps every other one out until the transaction ends, and
    /// takes its time. Such work is also done on a tenant that was deleted.
    /// </summary>
    public bool Alone { get; set; }

    /// <summary>True once the request has said that it changes nothing: no write transaction begins here any more.</summary>
    public bool OnlyReads { get; set; }

    public async Task BeginAsync(bool readOnly, CancellationToken ct)
    {
        if (_transaction is not null)
            throw new InvalidOperationException("A unit of work has one transaction at a time.");
        if (OnlyReads && !readOnly)
            throw new InvalidOperationException("This unit of work was declared to change nothing.");
        _readOnly = readOnly;
        _connection = await database.OpenAsync(ct);
        _transaction = await _connection.BeginTransactionAsync(ct);
        try
        {
            await database.Breaker.WatchAsync(() => EnterAsync(ct));
        }
        catch (Failure)
        {
            await CloseAsync();
            throw;
        }
        foreach (var context in _contexts ?? [])
            context.StartAgain();
        if (!readOnly && Guard is { } guard)
            await guard.BegunAsync(this, ct);
    }

    private async Task<bool> EnterAsync(CancellationToken ct)
    {
        if (!_readOnly)
            return await TenantDoor.EnterAsync(this, ct);
        await using var bind = Command(BindTenantReadOnly);
        bind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.Id.ToString() });
        return await bind.ExecuteNonQueryAsync(ct) < 0;
    }

    /// <summary>
    /// Does a whole unit of work, from its begin to its commit, and does it again when it failed without effect for a reason that passes.
    /// Never once COMMIT was sent: whether that had an effect only the server knows.
    /// </summary>
    public Task<T> RunAsync<T>(bool readOnly, Func<Task<T>> work, CancellationToken ct) => Retries.RunAsync(async again =>
    {
        if (again)
            await CloseAsync();
        await BeginAsync(readOnly, ct);
        try
        {
            return await database.Breaker.WatchAsync(work);
        }
        catch (InvalidOperationException failure) when (Transience.Cause(failure) == failure && _connection is { State: not System.Data.ConnectionState.Open })
        {
            // Entity Framework passes over a connection that is lost while it releases a savepoint; the next use then finds the transaction gone.
            throw new NpgsqlException("The connection was lost.", new IOException(failure.Message, failure));
        }
    }, database.ForgetIdle, ct);

    /// <summary>A context goes on with the transaction of the next try.</summary>
    internal void Enlist(ModuleDbContext context) => (_contexts ??= []).Add(context);

    /// <summary>For a unit of work that does one thing after another: contexts forget what they read for the one before.</summary>
    internal void ForgetRead()
    {
        foreach (var context in _contexts ?? [])
            context.ChangeTracker.Clear();
    }

    /// <summary>Says that this unit of work changes what dashboards show: its commit raises the tenant's data version.</summary>
    public void FiguresChange() => _figuresChanged = true;

    /// <summary>Runs once this unit of work has committed, and never when it has not: for what only mirrors the database, such as caches.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>The step of this kind at the end of this unit of work; a unit that does not commit never runs it.</summary>
    /// <exception cref="InvalidOperationException">No transaction was begun.</exception>
    public T AtCommit<T>(Func<T> make)
        where T : class, ICommitStep
    {
        _ = Transaction;
        if (_steps?.OfType<T>().FirstOrDefault() is { } known)
            return known;
        var step = make();
        (_steps ??= []).Add(step);
        return step;
    }

    /// <summary>Commits together with what the caller is answered: how whoever begins and commits for himself honours an idempotency key.</summary>
    public async Task<T> CommitAsync<T>(T answer, CancellationToken ct)
    {
        if (Guard is { } guard)
            await guard.AnsweringAsync(this, answer, ct);
        await CommitAsync(ct);
        return answer;
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        var raised = _figuresChanged ? await DataVersions.RaiseAsync(this, ct) : 0;
        foreach (var step in (_steps ?? []).OrderBy(step => step.Order))
            await step.BeforeCommitAsync(this, ct);
        await SendCommitAsync(ct);
        _committed = true;
        if (_figuresChanged)
            versions.Learn(tenant.Id, raised);
        foreach (var action in _afterCommit ?? [])
            action();
        await CloseAsync();
    }

    // An error that the server reports is a roll-back; anything else leaves open whether it had committed.
    private async Task SendCommitAsync(CancellationToken ct)
    {
        try
        {
            await Transaction.CommitAsync(ct);
        }
        catch (Exception failure) when (!_readOnly && failure is not PostgresException { InvariantSeverity: "ERROR" })
        {
            throw new OutcomeUnknown(failure);
        }
    }

    public Task RollbackAsync() => CloseAsync();

    /// <summary>Stands at both ends of every transaction of this unit of work that writes; null for none.</summary>
    public IUnitGuard? Guard { get; set; }

    /// <summary>Seconds a statement may take before the driver gives up; null for the pool's own limit.</summary>
    public int? Patience { get; set; }

    public NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql, Connection, Transaction);
        if (Patience is { } seconds)
            command.CommandTimeout = seconds;
        return command;
    }

    /// <summary>Reads in one round trip: bind, statement and the end of the implicit transaction travel together.</summary>
    /// <param name="sql">One SELECT with positional parameters.</param>
    /// <param name="read">Consumes the rows and keeps none outside: it runs again on another connection if the first is lost.</param>
    public Task<T> ReadAsync<T>(string sql, IReadOnlyList<NpgsqlParameter> parameters, Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct) =>
        database.ReadAsync(async (connection, again) =>
        {
            await using var batch = new NpgsqlBatch(connection);
            var bind = new NpgsqlBatchCommand(BindTenantReadOnly);
            bind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.Id.ToString() });
            batch.BatchCommands.Add(bind);
            var select = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
                select.Parameters.Add(again ? parameter.Clone() : parameter);
            batch.BatchCommands.Add(select);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            return await read(reader);
        }, ct);

    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task CloseAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_connection is not null)
        {
            if (!_committed)
                Database.ForgetPrepared(_connection);
            await _connection.DisposeAsync();
        }
        _committed = false;
        _transaction = null;
        _connection = null;
        _figuresChanged = false;
        _afterCommit = null;
        _steps = null;
    }
}
