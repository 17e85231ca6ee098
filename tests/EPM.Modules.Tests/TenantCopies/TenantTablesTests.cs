using EPM.Platform.Backup;
using EPM.Platform.TenantCopies;

namespace EPM.Modules.Tests.TenantCopies;

/// <summary>Which tables a copy of a chain is made of: what a later migration adds is among them unasked.</summary>
public sealed class TenantTablesTests : CopiesTest
{
    [Fact]
    public async Task Every_table_that_names_a_tenant_is_one_of_them_and_comes_behind_what_it_refers_to()
    {
        await using var server = await AdminSession.OpenAsync(Host.Connection, CancellationToken.None);
        var tables = await TenantTables.ReadAsync(server.Connection, CancellationToken.None);
        // By another way than the product's: whatever column's name speaks of a tenant, of whatever type, whoever owns the table.
        var named = await server.ListAsync("""
            SELECT DISTINCT format('%I.%I', n.nspname, c.relname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attname LIKE '%tenant%' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            """, reader => reader.GetString(0), CancellationToken.None);
        tables.Select(table => table.Name).Append("platform.deleted_tenant").ShouldBe(named, ignoreOrder: true);
        tables.ShouldAllBe(table => table.Order.Count > 0 && table.Columns.Contains(table.Key));

        var place = tables.Select((table, at) => (table.Name, at)).ToDictionary(one => one.Name, one => one.at, StringComparer.Ordinal);
        var references = await server.ListAsync("SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid",
            reader => (From: reader.GetString(0), To: reader.GetString(1)), CancellationToken.None);
        references.Count.ShouldBeGreaterThan(10);
        references.Where(reference => place[reference.From] <= place[reference.To]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_of_a_later_migration_is_exported_restored_and_deleted_unasked()
    {
        await ExecuteAsync("SET ROLE epm_owner; CREATE TABLE sales.planted (tenant_id uuid NOT NULL, n int NOT NULL, twice int GENERATED ALWAYS AS (n * 2) STORED, note json, "
            + "PRIMARY KEY (tenant_id, n)) PARTITION BY HASH (tenant_id); CREATE TABLE sales.planted_0 PARTITION OF sales.planted FOR VALUES WITH (MODULUS 1, REMAINDER 0); "
            + "CREATE TABLE sales.aaa_planted (tenant_id uuid NOT NULL, n int NOT NULL, PRIMARY KEY (tenant_id, n), FOREIGN KEY (tenant_id, n) REFERENCES sales.planted); "
            + Plant("planted") + Plant("aaa_planted"));
        await PutAsync("INSERT INTO sales.planted VALUES ($1, 1, DEFAULT, '{\"a\": \"b,c\"}'), ($1, 2, DEFAULT, NULL); INSERT INTO sales.aaa_planted VALUES ($1, 2)");
        var file = await ExportAsync();
        await PutAsync("DELETE FROM sales.aaa_planted WHERE tenant_id = $1; UPDATE sales.planted SET n = 3 WHERE n = 2 AND tenant_id = $1");
        await RestoreAsync(file);
        (await AskAsync<string>("SELECT string_agg(n || ' ' || twice || ' ' || coalesce(note::text, '-'), '; ' ORDER BY n) FROM sales.planted WHERE tenant_id = $1", Tenant.Id))
            .ShouldBe("1 2 {\"a\": \"b,c\"}; 2 4 -");
        (await AskAsync<long>("SELECT count(*) FROM sales.aaa_planted WHERE tenant_id = $1", Tenant.Id)).ShouldBe(1);
        await DeleteAsync();
        (await AskAsync<long>("SELECT (SELECT count(*) FROM sales.planted) + (SELECT count(*) FROM sales.aaa_planted)")).ShouldBe(0);
    }

    [Fact]
    public async Task A_comment_that_means_nothing_and_a_circle_are_said_aloud()
    {
        await ExecuteAsync("COMMENT ON TABLE stores.region IS 'restore: forgotten'");
        (await Should.ThrowAsync<InvalidOperationException>(() => ExportAsync())).Message.ShouldContain("stores.region");
        await ExecuteAsync("COMMENT ON TABLE stores.region IS NULL; ALTER TABLE stores.region ADD CONSTRAINT planted FOREIGN KEY (tenant_id, region_code) REFERENCES stores.store (tenant_id, code) NOT VALID");
        (await Should.ThrowAsync<InvalidOperationException>(() => ExportAsync())).Message.ShouldContain("circle");
    }

    private static string Plant(string table) =>
        $"ALTER TABLE sales.{table} ENABLE ROW LEVEL SECURITY; ALTER TABLE sales.{table} FORCE ROW LEVEL SECURITY; CREATE POLICY tenant ON sales.{table} USING (tenant_id = "
        + "nullif(current_setting('app.tenant', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid); "
        + $"GRANT SELECT, INSERT, UPDATE, DELETE ON sales.{table} TO epm_app; ";

    // One statement after the other: a prepared one may only be one.
    private async Task PutAsync(string statements)
    {
        foreach (var statement in statements.Split("; "))
            await ExecuteAsync(statement, Tenant.Id);
    }
}
