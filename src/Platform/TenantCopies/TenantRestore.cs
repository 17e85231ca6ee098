using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Platform.TenantCopies;

/// <param name="TakenAt">The moment the chain is at again.</param>
internal sealed record TenantRestored(DateTimeOffset TakenAt, long Rows, int Tables, bool WasDeleted);

/// <summary>
/// Brings one chain back to what a file says of it, in one transaction of that chain alone: all of it or nothing, while all others go on
/// writing. Its trail stays as it is and tells of this too; whoever was signed in signs in again.
/// </summary>
internal sealed class TenantRestore(ITenantDirectory directory, TenantFileSeal seal, Tombstones tombstones, IServiceScopeFactory scopes)
{
    /// <exception cref="Failure">Nothing was changed, and the code says why.</exception>
    public async Task<TenantRestored> RunAsync(string slug, string path, string by, CancellationToken ct)
    {
        using var file = TenantFile.Open(path, seal);
        var manifest = file.Manifest;
        var living = await directory.FindAsync(slug, ct);
        var deleted = living is null ? await tombstones.FindAsync(slug, ct) : null;
        if (living is null && deleted is null)
            throw new RuleBroken("tenant_none", ("slug", slug));
        if (manifest.Tenant.Id != (living?.Id ?? deleted!.Tenant))
            throw manifest.Tenant.Slug == slug ? new RuleBroken("tenant_name_taken", ("slug", slug)) : new RuleBroken("tenant_file_other", ("slug", slug), ("other", manifest.Tenant.Slug));
        await file.VerifyAsync(ct);

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(living ?? manifest.Tenant);
        await using var session = scope.ServiceProvider.GetRequiredService<TenantSession>();
        (session.Alone, session.Patience) = (true, 0);
        await session.BeginAsync(readOnly: false, ct);
        var tables = await TenantTables.ReadAsync(session.Connection, ct);
        Fit(manifest, await TenantTables.SchemaAsync(session.Connection, ct), tables);
        await new TenantRows(session, tables, file, wasDeleted: deleted is not null).ReplaceAsync(ct);
        if (deleted is not null)
            await ComeAfterAsync(session, deleted.DataVersion, ct);
        session.FiguresChange();
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Record("tenant.restored", "tenant/" + manifest.Tenant.Slug,
            after: new { File = Path.GetFileName(path), file.Print, manifest.TakenAt, manifest.Rows, By = by });
        await TenantChanges.TellAsync(session, slug, ct);
        await session.CommitAsync(ct);
        // Also when it came back before, and whoever brought it back ended here.
        await tombstones.LiftAsync(manifest.Tenant.Id, ct);
        return new TenantRestored(manifest.TakenAt, manifest.Rows, manifest.Tables.Count, deleted is not null);
    }

    private static void Fit(TenantManifest manifest, IReadOnlyList<string> schema, IReadOnlyList<TenantTable> tables)
    {
        var differs = schema.Except(manifest.Schema).Concat(manifest.Schema.Except(schema)).FirstOrDefault();
        if (differs is not null)
            throw new RuleBroken("tenant_file_schema", ("migration", differs.Split(' ')[0]));
        var (here, there) = (tables.Where(table => table.IsInFile).ToDictionary(table => table.Name, table => table.ColumnList, StringComparer.Ordinal), manifest.Tables);
        var odd = there.FirstOrDefault(table => !here.ContainsKey(table.Name))?.Name
            ?? tables.FirstOrDefault(table => table.IsInFile && !there.Any(inFile => inFile.Name == table.Name && inFile.Columns.SequenceEqual(table.Columns)))?.Name;
        if (odd is not null)
            throw new RuleBroken("tenant_file_tables", ("table", odd));
    }

    // Hosts may still remember answers of versions that the chain had when it was deleted.
    private static async Task ComeAfterAsync(TenantSession session, long version, CancellationToken ct)
    {
        await using var command = session.Command("""
            INSERT INTO platform.data_version AS v (tenant_id, version) VALUES ($1, $2) ON CONFLICT (tenant_id) DO UPDATE SET version = greatest(v.version, $2)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        await command.ExecuteNonQueryAsync(ct);
    }
}
