namespace EPM.Platform.Backup;

/// <summary>How many rows a table has of a tenant (none for tables of the deployment), and the sum of their hashes.</summary>
internal sealed record Fingerprint(string Table, string Tenant, long Rows, string Sum)
{
    public static Task<IReadOnlyList<string>> TablesAsync(AdminSession server, CancellationToken ct) => server.ListAsync("""
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
        """, reader => reader.GetString(0), ct);

    /// <returns>Of every table, in one snapshot if the session's transaction has one.</returns>
    public static async Task<IReadOnlyList<Fingerprint>> OfAllAsync(AdminSession server, CancellationToken ct)
    {
        var all = new List<Fingerprint>();
        foreach (var table in await TablesAsync(server, ct))
        {
            var tenant = await server.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = 'tenant_id' AND NOT attisdropped)", ct, table)
                ? "t.tenant_id::text" : "''";
            all.AddRange(await server.ListAsync($"SELECT {tenant}, count(*), sum(hashtextextended(t::text, 0)::numeric)::text FROM {table} t GROUP BY 1 ORDER BY 1",
                reader => new Fingerprint(table, reader.GetString(0), reader.GetInt64(1), reader.GetString(2)), ct));
        }
        return all;
    }
}
