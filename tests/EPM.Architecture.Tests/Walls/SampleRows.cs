using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace EPM.Architecture.Tests.Walls;

/// <summary>A table that holds tenants' data, as the catalogue describes it.</summary>
/// <param name="Columns">All that can be written.</param>
internal sealed record TenantTable(string Name, IReadOnlyList<string> Columns, bool IsPartition);

/// <summary>Fills every tenant table with one row a tenant, made from the types and checks of its columns: a new table needs no new sample.</summary>
internal static partial class SampleRows
{
    public static async Task<IReadOnlyList<TenantTable>> TablesAsync(NpgsqlConnection connection)
    {
        var tables = new List<TenantTable>();
        await using var command = new NpgsqlCommand("""
            SELECT n.nspname || '.' || c.relname, array_agg(a.attname::text ORDER BY a.attnum), c.relispartition
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            WHERE c.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped)
            GROUP BY 1, 3 ORDER BY 1
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            tables.Add(new TenantTable(reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetBoolean(2)));
        return tables;
    }

    /// <param name="number">Tells the tenants' rows apart; small, so that any integer column takes it.</param>
    public static async Task InsertAsync(NpgsqlConnection admin, TenantTable table, Guid tenant, int number)
    {
        var columns = await ColumnsAsync(admin, table.Name);
        var names = string.Join(", ", columns.Select(column => column.Name));
        var values = string.Join(", ", columns.Select(column => column.Name == "tenant_id" ? $"'{tenant}'" : ValueOf(column, number)));
        // Each table is filled alone, so its references and triggers have to wait.
        await using var insert = new NpgsqlCommand($"SET session_replication_role = replica; INSERT INTO {table.Name} ({names}) VALUES ({values}); RESET session_replication_role", admin);
        try
        {
            await insert.ExecuteNonQueryAsync();
        }
        catch (PostgresException failure)
        {
            throw new InvalidOperationException($"No sample row for {table.Name}: {failure.MessageText}. Teach {nameof(SampleRows)} the type or check.", failure);
        }
    }

    private static async Task<IReadOnlyList<Column>> ColumnsAsync(NpgsqlConnection admin, string table)
    {
        var columns = new List<Column>();
        await using var command = new NpgsqlCommand("""
            SELECT a.attname::text, format_type(a.atttypid, a.atttypmod),
              coalesce((SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]), '')
            FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND a.attgenerated = '' AND a.attidentity <> 'a'
            """, admin) { Parameters = { new() { Value = table, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } } };
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            columns.Add(new Column(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return columns;
    }

    private static string ValueOf(Column column, int number)
    {
        if (column.Type.EndsWith("[]", StringComparison.Ordinal))
            return "'{}'";
        if (OneOf().Match(column.Checks) is { Success: true } listed)
            return $"'{listed.Groups["value"].Value}'";
        return column.Type.Split('(')[0] switch
        {
            "uuid" => string.Create(CultureInfo.InvariantCulture, $"'00000000-0000-7000-8000-{number:D12}'"),
            "smallint" or "integer" or "bigint" => number.ToString(CultureInfo.InvariantCulture),
            "numeric" or "real" or "double precision" => "0.5",
            "boolean" => "true",
            "date" => "'2026-01-01'",
            "timestamp with time zone" => "'2026-01-01T00:00:00Z'",
            "bytea" => string.Create(CultureInfo.InvariantCulture, $@"'\x{number:x8}'"),
            "jsonb" or "json" => "'{}'",
            "character" or "bpchar" => "'" + new string('a', Length(column.Type)) + "'",
            "text" or "character varying" => $"'row{number}'",
            var other => throw new InvalidOperationException($"No sample value for a column of type {other}. Teach {nameof(SampleRows)}."),
        };
    }

    private static int Length(string type) => type.Contains('(', StringComparison.Ordinal) ? int.Parse(type.Split('(', ')')[1], CultureInfo.InvariantCulture) : 1;

    private sealed record Column(string Name, string Type, string Checks);

    [GeneratedRegex(@"= ANY \(ARRAY\['(?<value>[^']*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneOf();
}
