namespace EPM.Architecture.Tests.Catalogue;

/// <summary>
/// What the database's own catalogue must show (TRUST T01). Each is one query that returns breaches as text; <c>$1</c> is the
/// application's role and <c>$2</c> the reviewed tables without a tenant.
/// </summary>
internal static class Lints
{
    private const string Ours = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\\_temp%' AND n.nspname NOT LIKE 'pg\\_toast%'";

    private const string OfATenant = "EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)";

    private const string Expected = "(tenant_id = (NULLIF(current_setting(''app.tenant''::text, true), ''''::text))::uuid)";

    // The same, asked once a statement: for tables that take a million rows at a time.
    private const string ExpectedOnce = """(tenant_id = ( SELECT (NULLIF(current_setting(''app.tenant''::text, true), ''''::text))::uuid AS "nullif"))""";

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["row-level security is enabled and forced"] = $"""
            SELECT c.oid::regclass || ' is open' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND c.relkind IN ('r', 'p') AND {OfATenant} AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """,
        ["the one policy compares the tenant, for every command and role"] = $"""
            SELECT c.oid::regclass || ' has policies: ' || coalesce(string_agg(p.polname || ' ' || coalesce(pg_get_expr(p.polqual, c.oid), 'none'), '; '), 'none')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
            WHERE {Ours} AND c.relkind IN ('r', 'p') AND {OfATenant} GROUP BY c.oid
            HAVING count(*) <> 1 OR NOT bool_and(coalesce(p.polcmd = '*' AND p.polroles = '{"{0}"}' AND pg_get_expr(p.polqual, c.oid) = '{Expected}'
              AND pg_get_expr(p.polwithcheck, c.oid) IN ('{Expected}', '{ExpectedOnce}'), false))
            """,
        ["a table without a tenant is on the reviewed list"] = $"""
            SELECT c.oid::regclass || ' has no tenant_id' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND c.relkind IN ('r', 'p', 'f') AND NOT {OfATenant} AND n.nspname || '.' || c.relname <> ALL ($2)
            """,
        ["tenant_id is a uuid and never null"] = $"""
            SELECT c.oid::regclass || '.tenant_id is nullable or no uuid' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE {Ours} AND c.relkind IN ('r', 'p') AND (NOT a.attnotnull OR a.atttypid <> 'uuid'::regtype)
            """,
        ["keys begin with the tenant"] = $"""
            SELECT i.indexrelid::regclass || ' does not begin with tenant_id' FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND {OfATenant} AND i.indisunique
              AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = i.indkey[0] AND a.attname = 'tenant_id')
            """,
        ["a tenant table has a primary key"] = $"""
            SELECT c.oid::regclass || ' has no primary key' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND c.relkind IN ('r', 'p') AND {OfATenant} AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
            """,
        ["references between tenant tables begin with the tenant on both sides"] = $"""
            SELECT c.oid::regclass || '.' || f.conname || ' can reach another tenant' FROM pg_constraint f
            JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND f.contype = 'f'
              AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid IN (f.conrelid, f.confrelid) AND a.attname = 'tenant_id' AND NOT a.attisdropped)
              AND NOT EXISTS (SELECT FROM pg_attribute a, pg_attribute b WHERE a.attrelid = f.conrelid AND a.attnum = f.conkey[1] AND a.attname = 'tenant_id'
                AND b.attrelid = f.confrelid AND b.attnum = f.confkey[1] AND b.attname = 'tenant_id')
            """,
        ["views ask as whoever reads them"] = $"""
            SELECT c.oid::regclass || ' reads with its owner''s eyes' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND c.relkind = 'v' AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
            """,
        ["there are no materialised views and no foreign tables"] = $"""
            SELECT c.oid::regclass || ' stands outside row-level security' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND c.relkind IN ('m', 'f')
            """,
        ["no function runs with its owner's rights"] = $"""
            SELECT p.oid::regprocedure || ' is SECURITY DEFINER' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Ours} AND p.prosecdef
            """,
        ["the application's role has no attribute and no membership"] = """
            SELECT rolname || ' is more than a login' FROM pg_roles WHERE rolname = $1
              AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
                OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = pg_roles.oid))
            """,
        ["the application's role owns nothing"] = """
            SELECT d.classid::regclass || ' ' || d.objid || ' belongs to ' || $1 FROM pg_shdepend d
            WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = (SELECT oid FROM pg_roles WHERE rolname = $1) AND d.deptype = 'o'
              AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            """,
        ["the application's role creates nothing"] = $"""
            SELECT n.nspname || ' can be built in' FROM pg_namespace n WHERE {Ours} AND has_schema_privilege($1, n.oid, 'CREATE')
            UNION ALL SELECT datname || ' can be built in' FROM pg_database WHERE datname = current_database() AND has_database_privilege($1, oid, 'CREATE')
            """,
        ["the application's role reads and writes rows, and nothing else"] = $"""
            SELECT c.oid::regclass || ' grants ' || right_name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
              unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) right_name
            WHERE {Ours} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege($1, c.oid, right_name)
            """,
        ["partitions are reached through their parent"] = $"""
            SELECT c.oid::regclass || ' is granted by itself' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {Ours} AND c.relispartition AND c.relkind IN ('r', 'p') AND has_table_privilege($1, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
            """,
        ["nothing of ours is granted to everybody"] = $"""
            SELECT c.oid::regclass || ' is granted to everybody' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) g
            WHERE {Ours} AND g.grantee = 0
            """,
        ["the reviewed list names tables that exist"] =
            "SELECT name || ' is reviewed and not there' FROM unnest($2) name WHERE to_regclass(name) IS NULL",
    };

    /// <summary>For each lint, what it must be shown to catch.</summary>
    public static readonly IReadOnlyDictionary<string, string> Violators = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["row-level security is enabled and forced"] = Table("ALTER TABLE planted.t ENABLE ROW LEVEL SECURITY; " + Policy(Own, Own)),
        ["the one policy compares the tenant, for every command and role"] = Table(Forced + Policy("tenant_id IS NOT NULL OR " + Own, Own)),
        ["a table without a tenant is on the reviewed list"] = "CREATE TABLE planted.t (x int PRIMARY KEY)",
        ["tenant_id is a uuid and never null"] = "CREATE TABLE planted.t (tenant_id uuid UNIQUE)",
        ["keys begin with the tenant"] = Table("CREATE UNIQUE INDEX code_alone ON planted.t (code)"),
        ["a tenant table has a primary key"] = "CREATE TABLE planted.t (tenant_id uuid NOT NULL)",
        ["references between tenant tables begin with the tenant on both sides"] =
            Table("CREATE UNIQUE INDEX by_id ON planted.t (id); CREATE TABLE planted.c (tenant_id uuid, id uuid REFERENCES planted.t (id), PRIMARY KEY (tenant_id, id))"),
        ["views ask as whoever reads them"] = "CREATE VIEW planted.v AS SELECT 1 AS x",
        ["there are no materialised views and no foreign tables"] = "CREATE MATERIALIZED VIEW planted.m AS SELECT 1 AS x",
        ["no function runs with its owner's rights"] = "CREATE FUNCTION planted.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        ["the application's role has no attribute and no membership"] = "GRANT epm_owner TO epm_app",
        ["the application's role owns nothing"] = Table("ALTER TABLE planted.t OWNER TO epm_app"),
        ["the application's role creates nothing"] = "GRANT CREATE ON SCHEMA planted TO epm_app",
        ["the application's role reads and writes rows, and nothing else"] = Table("GRANT TRUNCATE ON planted.t TO epm_app"),
        ["partitions are reached through their parent"] =
            "CREATE TABLE planted.t (tenant_id uuid, PRIMARY KEY (tenant_id)) PARTITION BY HASH (tenant_id); "
            + "CREATE TABLE planted.t0 PARTITION OF planted.t FOR VALUES WITH (MODULUS 1, REMAINDER 0); GRANT SELECT ON planted.t0 TO epm_app",
        ["nothing of ours is granted to everybody"] = Table("GRANT SELECT ON planted.t TO PUBLIC"),
        ["the reviewed list names tables that exist"] = "DROP TABLE tenancy.signing_key",
    };

    private const string Own = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";

    private const string Forced = "ALTER TABLE planted.t ENABLE ROW LEVEL SECURITY; ALTER TABLE planted.t FORCE ROW LEVEL SECURITY; ";

    private static string Table(string then) => "CREATE TABLE planted.t (tenant_id uuid, id uuid, code text, PRIMARY KEY (tenant_id, id)); " + then;

    private static string Policy(string reads, string writes) => $"CREATE POLICY tenant ON planted.t USING ({reads}) WITH CHECK ({writes})";
}
