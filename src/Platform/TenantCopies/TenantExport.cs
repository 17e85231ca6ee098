using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Platform.TenantCopies;

internal sealed record TenantExported(long Rows, int Tables, long Bytes);

/// <summary>
/// Writes everything one chain has into a file, as it is at one moment and while it goes on being used: as the application's own role,
/// which sees no other chain's rows whatever it asks for.
/// </summary>
internal sealed class TenantExport(EpmSettings settings, ITenantDirectory directory, TenantFileSeal seal, IServiceScopeFactory scopes, TimeProvider time)
{
    // As the reader of a file expects values, whatever the server's own habits.
    private const string OneMoment = """
        BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'iso_8601';
        SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0
        """;

    /// <param name="asOf">When the server that is read was like this, where it is a backup that was restored; null for the server at work.</param>
    /// <param name="by">Who asked for it.</param>
    /// <exception cref="NotFound">There is no such chain.</exception>
    public async Task<TenantExported> RunAsync(string slug, string path, DateTimeOffset? asOf, string by, CancellationToken ct)
    {
        if (File.Exists(path))
            throw new Conflict("tenant_file_exists", ("file", Path.GetFileName(path)));
        var tenant = await directory.FindAsync(slug, ct) ?? throw new RuleBroken("tenant_none", ("slug", slug));
        using var file = new TenantFileWriter(path);
        var manifest = await WriteAsync(tenant, file, asOf, ct);
        await RecordAsync(tenant, manifest, Path.GetFileName(path), by, ct);
        return new TenantExported(manifest.Rows, manifest.Tables.Count, file.Finish(manifest, seal));
    }

    private async Task<TenantManifest> WriteAsync(TenantInfo tenant, TenantFileWriter file, DateTimeOffset? asOf, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Connection());
        await connection.OpenAsync(ct);
        await ExecuteAsync(connection, OneMoment, ct);
        await ExecuteAsync(connection, $"SELECT set_config('app.tenant', '{tenant.Id}', true)", ct);
        var (schema, tables) = (await TenantTables.SchemaAsync(connection, ct), await TenantTables.ReadAsync(connection, ct));
        var now = time.GetUtcNow();
        var written = new List<TableInFile>();
        foreach (var table in tables.Where(table => table.IsInFile))
            written.Add(await WriteAsync(connection, tenant, table, file, ct));
        await ExecuteAsync(connection, "COMMIT", ct);
        return new TenantManifest(TenantManifest.CurrentFormat, tenant, asOf ?? now, schema, written);
    }

    private static async Task<TableInFile> WriteAsync(NpgsqlConnection connection, TenantInfo tenant, TenantTable table, TenantFileWriter file, CancellationToken ct)
    {
        var inFile = new TableInFile(table.Name, table.Columns, 0, "");
        // In the order of the key: the same rows are the same file.
        using var rows = await connection.BeginTextExportAsync(
            $"COPY (SELECT {table.ColumnList} FROM {table.Name} WHERE {table.Key} = '{tenant.Id}' ORDER BY {table.OrderList}) TO STDOUT (FORMAT csv, HEADER)", ct);
        await using var entry = file.Begin(inFile.Entry);
        var (count, sha256) = await HashedCopy.RunAsync(rows.BaseStream, entry, ct);
        return inFile with { Rows = count, Sha256 = sha256 };
    }

    private async Task RecordAsync(TenantInfo tenant, TenantManifest manifest, string file, string by, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
        var session = scope.ServiceProvider.GetRequiredService<TenantSession>();
        await session.BeginAsync(readOnly: false, ct);
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Record("tenant.exported", "tenant/" + tenant.Slug, after: new { File = file, manifest.Rows, By = by });
        await session.CommitAsync(ct);
    }

    // Of its own: a copy takes as long as it takes, which the product's connections may not.
    private string Connection() => new NpgsqlConnectionStringBuilder(Database.AppConnection(settings.AdminConnection))
    {
        Pooling = false,
        CommandTimeout = 0,
        ApplicationName = "epm tenant export",
    }.ConnectionString;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
