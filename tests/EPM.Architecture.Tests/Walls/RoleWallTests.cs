using EPM.TestKit;
using Npgsql;

namespace EPM.Architecture.Tests.Walls;

public sealed class RoleWallTests : IAsyncLifetime
{
    private EpmHost _host = null!;
    private NpgsqlConnection _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync();
        _admin = new NpgsqlConnection(_host.Connection);
        await _admin.OpenAsync();
    }

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task With_no_setting_an_empty_one_garbage_or_ones_own_nobody_reaches_another_tenants_rows()
    {
        var wall = await RoleWall.BuildAsync(_admin, _host.AsAppAsync);
        wall.Tables.Count.ShouldBeGreaterThan(10);
        (await wall.MissingAsync()).ShouldBeEmpty();
        foreach (var setting in new[] { null, "", "garbage", RoleWall.A.ToString() })
            (await wall.AttackAsync(setting)).ShouldBeEmpty($"with app.tenant = '{setting}'");
    }

    [Fact]
    public async Task References_end_at_the_tenant_and_codes_may_be_used_by_all()
    {
        var wall = await RoleWall.BuildAsync(_admin, _host.AsAppAsync);
        var (through, tried) = await wall.ReferToBAsync();
        tried.ShouldBeGreaterThan(5);
        through.ShouldBeEmpty();
        (await wall.ReuseCodesOfBAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_attacks_get_through_a_wall_that_is_not_there()
    {
        await using (var plant = new NpgsqlCommand("""
            CREATE SCHEMA planted; GRANT USAGE ON SCHEMA planted TO epm_app;
            CREATE TABLE planted.open (tenant_id uuid NOT NULL, id int NOT NULL, code text NOT NULL UNIQUE, PRIMARY KEY (tenant_id, id), UNIQUE (id));
            CREATE TABLE planted.child (tenant_id uuid NOT NULL, id int NOT NULL, PRIMARY KEY (tenant_id, id), by_id int NOT NULL REFERENCES planted.open (id));
            CREATE TABLE planted.pair (tenant_id uuid NOT NULL, id int NOT NULL, open_tenant uuid NOT NULL, PRIMARY KEY (tenant_id, id),
              FOREIGN KEY (open_tenant, id) REFERENCES planted.open (tenant_id, id));
            GRANT ALL ON ALL TABLES IN SCHEMA planted TO epm_app
            """, _admin))
        {
            await plant.ExecuteNonQueryAsync();
        }
        var wall = await RoleWall.BuildAsync(_admin, _host.AsAppAsync);
        var through = await wall.AttackAsync(null);
        foreach (var attack in new[] { "SELECT", "UPDATE", "move into B", "DELETE", "TRUNCATE", "COPY" })
            through.ShouldContain(breach => breach.StartsWith($"planted.open: {attack} (", StringComparison.Ordinal), attack);
        (await wall.MissingAsync()).ShouldContain(breach => breach.StartsWith("planted.open", StringComparison.Ordinal));
        (await wall.ReferToBAsync()).Through.ShouldHaveSingleItem().ShouldStartWith("planted.pair");
        (await wall.ReuseCodesOfBAsync()).ShouldContain(breach => breach.StartsWith("planted.open", StringComparison.Ordinal));
    }
}
