using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.TenantCopies;

/// <summary>
/// Every table with rows of tenants, from the database's own catalogue: what a later migration adds is exported, restored and deleted
/// without a list anywhere to be kept.
/// </summary>
internal static class TenantTables
{
    // What is left of a deleted chain names it, and stays.
    private const string Tombstones = "platform.deleted_tenant";

    private const string Catalogue = $"""
        SELECT format('%I.%I', n.nspname, c.relname), k.attname::text,
          ARRAY(SELECT a.attname::text FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = '' ORDER BY a.attnum),
          ARRAY(SELECT a.attname::text FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS part (attnum, n)
                JOIN pg_attribute a ON a.attnum = part.attnum WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid ORDER BY part.n),
          has_table_privilege('{Database.AppRole}', c.oid, 'DELETE'), coalesce(substring(obj_description(c.oid, 'pg_class') FROM '^restore: (\w+)'), ''),
          ARRAY(SELECT DISTINCT format('%I.%I', rn.nspname, r.relname) FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
                WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid <> c.oid AND f.conparentid = 0)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute k ON k.attrelid = c.oid AND k.attname IN ('tenant_id', 'tenant') AND k.atttypid = 'uuid'::regtype AND NOT k.attisdropped
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND pg_get_userbyid(c.relowner) = '{Database.OwnerRole}'
          AND format('%I.%I', n.nspname, c.relname) <> '{Tombstones}'
        ORDER BY k.attname = 'tenant', 1
        """;

    /// <returns>In an order in which rows can be put in: whatever a table's rows refer to comes before it, queues come last.</returns>
    public static async Task<IReadOnlyList<TenantTable>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var waiting = new List<(TenantTable Table, string[] LeansOn)>();
        await using var command = new NpgsqlCommand(Catalogue, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            waiting.Add((new TenantTable(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<string[]>(3),
                RestoringOf(reader.GetString(0), reader.GetString(5), deletable: reader.GetBoolean(4))), reader.GetFieldValue<string[]>(6)));
        }
        return InOrder(waiting);
    }

    /// <summary>Which migrations made the tables, each with its checksum.</summary>
    public static async Task<IReadOnlyList<string>> SchemaAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new List<string>();
        await using var command = new NpgsqlCommand("SELECT module || '/' || name || ' ' || checksum FROM platform.migration ORDER BY module COLLATE \"C\", name COLLATE \"C\"", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            applied.Add(reader.GetString(0));
        return applied;
    }

    private static Restoring RestoringOf(string table, string word, bool deletable) => word switch
    {
        "" => deletable ? Restoring.Replaced : Restoring.Appended,
        "left" => Restoring.Left,
        "emptied" => Restoring.Emptied,
        "raised" => Restoring.Raised,
        _ => throw new InvalidOperationException($"The comment on {table} says 'restore: {word}': there is left, emptied and raised."),
    };

    private static List<TenantTable> InOrder(List<(TenantTable Table, string[] LeansOn)> waiting)
    {
        var ordered = new List<TenantTable>();
        while (waiting.Count > 0)
        {
            var open = waiting.Select(next => next.Table.Name).ToHashSet(StringComparer.Ordinal);
            var free = waiting.Where(next => !next.LeansOn.Any(open.Contains)).Select(next => next.Table).ToArray();
            if (free.Length == 0)
                throw new InvalidOperationException($"The foreign keys of {string.Join(", ", open)} form a circle: no order fills them.");
            ordered.AddRange(free);
            waiting.RemoveAll(next => free.Contains(next.Table));
        }
        return [.. ordered.Where(table => !table.IsQueue), .. ordered.Where(table => table.IsQueue)];
    }
}
