using EPM.TestKit;
using Npgsql;

namespace EPM.Architecture.Tests.Walls;

/// <summary>
/// Everything that somebody with the application's own database role could try against another tenant's rows (TRUST T04), on every
/// tenant table of a database. Each method returns what got through.
/// </summary>
internal sealed class RoleWall(NpgsqlConnection admin, Func<string?, Task<AppSession>> asApp, IReadOnlyList<TenantTable> tables)
{
    public static readonly Guid A = Guid.Parse("aaaaaaaa-0000-7000-8000-000000000000");
    public static readonly Guid B = Guid.Parse("bbbbbbbb-0000-7000-8000-000000000000");
    private static readonly Guid Newcomer = Guid.Parse("cccccccc-0000-7000-8000-000000000000");

    private const string Denied = "42501";
    private const string NotThere = "23503";
    private const string Unreadable = "22P02";

    public IReadOnlyList<TenantTable> Tables => tables;

    public static async Task<RoleWall> BuildAsync(NpgsqlConnection admin, Func<string?, Task<AppSession>> asApp)
    {
        var tables = await SampleRows.TablesAsync(admin);
        foreach (var table in tables.Where(table => !table.IsPartition))
        {
            await SampleRows.InsertAsync(admin, table, A, 11);
            await SampleRows.InsertAsync(admin, table, B, 12);
        }
        return new RoleWall(admin, asApp, tables);
    }

    /// <summary>Reads and writes B's rows with the tenant setting given.</summary>
    public async Task<IReadOnlyList<string>> AttackAsync(string? setting)
    {
        var through = new List<string>();
        await using var app = await asApp(setting);
        foreach (var table in tables)
        {
            var row = await RowOfBAsync(table);
            var insert = $"INSERT INTO {table.Name} ({List(table)}) SELECT {List(table)} FROM jsonb_populate_record(null::{table.Name}, $1::jsonb)";
            await NoRowAsync("SELECT", $"SELECT 1 FROM {table.Name} WHERE tenant_id = '{B}'");
            await NoRowAsync("SELECT of everything", $"SELECT 1 FROM {table.Name} WHERE tenant_id <> '{A}'");
            await NoRowAsync("UPDATE", $"UPDATE {table.Name} SET tenant_id = tenant_id WHERE tenant_id = '{B}'");
            await NoRowAsync("move into B", $"UPDATE {table.Name} SET tenant_id = '{B}'");
            await NoRowAsync("DELETE", $"DELETE FROM {table.Name} WHERE tenant_id = '{B}'");
            await NoRowAsync("TRUNCATE", $"TRUNCATE {table.Name} CASCADE", Denied);
            await NoRowAsync("INSERT", insert, Denied, row);
            await NoRowAsync("UPSERT", insert + $" ON CONFLICT ON CONSTRAINT {await PrimaryKeyAsync(table)} DO UPDATE SET tenant_id = EXCLUDED.tenant_id", Denied, row);
            var (state, lines) = await app.TryCopyAsync(table.Name, B.ToString());
            if (lines > 0 || !IsExpected(state))
                through.Add($"{table.Name}: COPY ({state}, {lines} rows)");

            async Task NoRowAsync(string what, string sql, string? must = null, params object[] parameters)
            {
                var (failed, rows) = await app.TryAsync(sql, parameters);
                if (rows > 0 || !IsExpected(failed) || (must is not null && failed is null))
                    through.Add($"{table.Name}: {what} ({failed ?? "no failure"}, {rows} rows)");
            }
        }
        return through;
    }

    /// <summary>A's rows cannot be made to point at rows that only B has.</summary>
    public async Task<(IReadOnlyList<string> Through, int Tried)> ReferToBAsync()
    {
        var through = new List<string>();
        var tried = 0;
        await using var app = await asApp(A.ToString());
        foreach (var (child, parent, name, from, to) in await ReferencesAsync())
        {
            tried++;
            var assignments = string.Join(", ", from.Zip(to).Where(pair => pair.First != "tenant_id").Select(pair => $"{pair.First} = r.{pair.Second}"));
            // The reference's values come from B's row as the administrator sees it: an attacker would have guessed them.
            var row = await RowOfBAsync(tables.Single(table => table.Name == parent));
            var (state, _) = await app.TryAsync($"UPDATE {child} SET {assignments} FROM jsonb_populate_record(null::{parent}, $1::jsonb) r WHERE {child}.tenant_id = '{A}'", row);
            if (state != NotThere)
                through.Add($"{child}.{name}: {state ?? "no failure"}");
        }
        return (through, tried);
    }

    /// <summary>A newcomer may use every code and number that B uses: no key tells what others have.</summary>
    public async Task<IReadOnlyList<string>> ReuseCodesOfBAsync()
    {
        var through = new List<string>();
        await using var app = await asApp(Newcomer.ToString());
        foreach (var table in tables.Where(table => !table.IsPartition))
        {
            var row = (await RowOfBAsync(table)).Replace(B.ToString(), Newcomer.ToString(), StringComparison.Ordinal);
            var (state, _) = await app.TryAsync($"INSERT INTO {table.Name} ({List(table)}) SELECT {List(table)} FROM jsonb_populate_record(null::{table.Name}, $1::jsonb)", row);
            if (state is not (null or NotThere))
                through.Add($"{table.Name}: {state}");
        }
        return through;
    }

    /// <summary>The sanity half: with its own setting a tenant does see its rows, and B's are there to be stolen.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync()
    {
        var missing = new List<string>();
        await using var app = await asApp(A.ToString());
        foreach (var table in tables.Where(table => !table.IsPartition))
        {
            if (await app.TryAsync($"SELECT 1 FROM {table.Name}") != (null, 1))
                missing.Add($"{table.Name}: A does not see exactly its own row");
            if ((await RowOfBAsync(table)).Length < 10)
                missing.Add($"{table.Name}: B has no row");
        }
        return missing;
    }

    // Refused, or a setting that is no tenant, or nothing there to touch.
    private static bool IsExpected(string? state) => state is null or Denied or Unreadable;

    private static string List(TenantTable table) => string.Join(", ", table.Columns);

    private async Task<string> RowOfBAsync(TenantTable table)
    {
        await using var command = new NpgsqlCommand($"SELECT coalesce((SELECT to_jsonb(t)::text FROM {table.Name} t WHERE tenant_id = '{B}' LIMIT 1), '')", admin);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> PrimaryKeyAsync(TenantTable table)
    {
        await using var command = new NpgsqlCommand("SELECT conname::text FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p'", admin)
        {
            Parameters = { new() { Value = table.Name, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } },
        };
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<(string Child, string Parent, string Name, string[] From, string[] To)>> ReferencesAsync()
    {
        var references = new List<(string, string, string, string[], string[])>();
        await using var command = new NpgsqlCommand("""
            SELECT cn.nspname || '.' || c.relname, pn.nspname || '.' || p.relname, f.conname::text,
              (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY k (col, n) JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.col),
              (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(f.confkey) WITH ORDINALITY k (col, n) JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.col)
            FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_class p ON p.oid = f.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
            WHERE f.contype = 'f' AND f.conparentid = 0 AND array_length(f.conkey, 1) > 1
            """, admin);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            references.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetFieldValue<string[]>(4)));
        return references;
    }
}
