using EPM.Platform.Persistence;
using EPM.TestKit;
using Npgsql;

namespace EPM.Architecture.Tests.Catalogue;

public sealed class LintTests
{
    private static readonly string[] Reviewed =
        [.. File.ReadAllLines(Path.Combine(House.Root, "tests/EPM.Architecture.Tests/Catalogue/reviewed-tables.txt")).Where(line => line.Length > 0)];

    public static TheoryData<string> Names => new(Lints.All.Keys);

    [Fact]
    public void The_reviewed_list_is_short_and_gives_a_reason_for_each()
    {
        Reviewed.Length.ShouldBeInRange(1, 10);
        Reviewed.ShouldAllBe(line => line.Split(' ', 2)[1].Trim().Length > 10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_migrated_database_passes(string lint)
    {
        await using var connection = await OpenAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attname = 'tenant_id' AND c.relkind = 'r'", connection);
        ((long)(await count.ExecuteScalarAsync())!).ShouldBeGreaterThan(10, "there are tables to look at");
        (await RunAsync(connection, lint)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_lint_catches_what_it_is_there_for(string lint)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var plant = new NpgsqlCommand("CREATE SCHEMA planted; " + Lints.Violators[lint], connection))
            await plant.ExecuteNonQueryAsync();
        (await RunAsync(connection, lint)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("No Reset On Close=true")]
    [InlineData("Multiplexing=true")]
    public void A_connection_string_that_carries_state_from_tenant_to_tenant_is_refused(string option) =>
        Should.Throw<InvalidOperationException>(() => Database.AppConnection(TestDatabases.Admin + ";" + option));

    private static async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection((await EpmHost.SharedAsync()).Connection);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(NpgsqlConnection connection, string lint)
    {
        var sql = Lints.All[lint];
        await using var command = new NpgsqlCommand($"SELECT finding FROM ({sql}) AS found (finding) WHERE $1::text IS NOT NULL AND $2::text[] IS NOT NULL", connection)
        {
            Parameters = { new() { Value = Database.AppRole }, new() { Value = Reviewed.Select(line => line.Split(' ')[0]).ToArray() } },
        };
        var findings = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            findings.Add(reader.GetString(0));
        return findings;
    }
}
