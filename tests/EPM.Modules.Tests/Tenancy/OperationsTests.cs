using System.Net;
using System.Text.Json;
using EPM.Platform.Modules;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace EPM.Modules.Tests.Tenancy;

/// <summary>What administrators of a chain may know of the service: is it well, and was restoring a backup proven within a day (TRUST T34).</summary>
public sealed class OperationsTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private EpmHost _host = null!;
    private TestTenant _tenant = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync(_clock, services: UseEmbedded);
        _tenant = await _host.NewTenantAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_backup_and_a_drill_are_told_without_what_all_chains_keep_together()
    {
        await BackupAsync("b1", ago: 3, kind: "physical");
        await BackupAsync("b2", ago: 1, kind: "tenants");
        await DrillAsync("b1", ago: 2, rpo: 3.125m, rto: 4.5m);
        var told = await AskAsync();
        told.GetProperty("backup").GetProperty("at").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow() - TimeSpan.FromHours(3), "a copy of chains alone is no backup of the whole");
        told.GetProperty("backup").GetProperty("verified").GetBoolean().ShouldBeTrue();
        var drill = told.GetProperty("drill");
        drill.GetProperty("at").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow() - TimeSpan.FromHours(2));
        (drill.GetProperty("rpoSeconds").GetDouble(), drill.GetProperty("rtoSeconds").GetDouble()).ShouldBe((3.125, 4.5));
        told.GetProperty("startedAt").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow());
        told.GetProperty("version").GetString()!.ShouldMatch(@"^\d+\.\d+\.\d+(\+[0-9a-f]{7})?$");
        told.GetProperty("database").GetProperty("version").GetString()!.ShouldMatch(@"^\d+(\.\d+)?");
        (told.GetProperty("redis").GetString(), told.GetProperty("mail").GetString(), told.GetProperty("backups").GetString()).ShouldBe(("off", "off", "here"));
        told.GetProperty("vulnerabilities").GetString().ShouldBe("not checked");
        told.GetRawText().ShouldNotContain("bytes", Case.Insensitive);
        Alarms(told).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_missing_on_the_first_day_and_everything_after_it()
    {
        var told = await AskAsync();
        told.GetProperty("backup").ValueKind.ShouldBe(JsonValueKind.Null);
        told.GetProperty("drill").ValueKind.ShouldBe(JsonValueKind.Null);
        Alarms(told).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromHours(25));
        Alarms(await AskAsync()).ShouldBe(["drill_missing"]);
        _clock.Advance(TimeSpan.FromHours(2));
        Alarms(await AskAsync()).ShouldBe(["backup_missing", "drill_missing"]);
    }

    [Fact]
    public async Task What_was_good_grows_old()
    {
        var begun = _clock.GetUtcNow();
        await BackupAsync("b1", ago: 0);
        await DrillAsync("b1", ago: 0);
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Alarms(await AskAsync()).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Alarms(await AskAsync()).ShouldBe(["drill_old"]);
        _clock.Advance(TimeSpan.FromHours(2));
        var told = await AskAsync();
        Alarms(told).ShouldBe(["backup_old", "drill_old"]);
        told.GetProperty("alarms")[0].GetProperty("since").GetDateTimeOffset().ShouldBe(begun + TimeSpan.FromHours(26));
        told.GetProperty("limits").GetProperty("backupHours").GetInt32().ShouldBe(26);
        told.GetProperty("limits").GetProperty("drillHours").GetInt32().ShouldBe(24);
        await DrillAsync("b1", ago: 0);
        await BackupAsync("b2", ago: 0);
        told = await AskAsync();
        Alarms(told).ShouldBeEmpty();
        told.GetProperty("backup").GetProperty("verified").GetBoolean().ShouldBeFalse("another backup was restored, not this one");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_drill_that_was_not_good_is_an_alarm_at_once_and_proves_nothing(bool exact, bool damageSeen)
    {
        await BackupAsync("b1", ago: 5);
        await DrillAsync("b1", ago: 5);
        await BackupAsync("b2", ago: 3);
        await DrillAsync("b2", ago: 3, exact: exact, damageSeen: damageSeen);
        await DrillAsync("b2", ago: 2, exact: exact, damageSeen: damageSeen);
        var told = await AskAsync();
        Alarms(told).ShouldBe(["drill_failed"]);
        told.GetProperty("alarms")[0].GetProperty("since").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow() - TimeSpan.FromHours(3));
        told.GetProperty("backup").GetProperty("verified").GetBoolean().ShouldBeFalse();
        told.GetProperty("drill").GetProperty("at").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow() - TimeSpan.FromHours(5));
        told.GetProperty("drills").EnumerateArray().Select(drill => drill.GetProperty("good").GetBoolean()).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task Of_a_server_of_ones_own_nothing_is_claimed_until_its_backups_are_noted()
    {
        await using var host = await EpmHost.StartAsync(_clock);
        var tenant = await host.NewTenantAsync();
        _clock.Advance(TimeSpan.FromDays(3));
        var told = await AskAsync(tenant);
        told.GetProperty("backups").GetString().ShouldBe("elsewhere");
        Alarms(told).ShouldBeEmpty();
        await BackupAsync("pgbackrest", ago: 1, host: host);
        told = await AskAsync(tenant);
        told.GetProperty("backups").GetString().ShouldBe("here");
        Alarms(told).ShouldBe(["drill_missing"]);
    }

    [Fact]
    public async Task A_Redis_that_is_away_is_told()
    {
        await using var host = await EpmHost.StartAsync(_clock, services: services => Set(services, settings => settings with { Redis = "127.0.0.1:1" }));
        var tenant = await host.NewTenantAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Alarms(await AskAsync(tenant)).Contains("redis_down"))
            patience.Token.ThrowIfCancellationRequested();
        var told = await AskAsync(tenant);
        told.GetProperty("redis").GetString().ShouldBe("down");
        told.GetProperty("alarms")[0].GetProperty("since").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow());
    }

    [Fact]
    public async Task Others_do_not_see_it()
    {
        foreach (var role in Roles.All.Where(role => role != Roles.Admin))
        {
            using var refused = await (await _tenant.As(role)).GetAsync("/api/v1/operations");
            await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    private static void UseEmbedded(IServiceCollection services) => Set(services, settings => settings with { EmbeddedServer = true });

    private static void Set(IServiceCollection services, Func<EpmSettings, EpmSettings> change)
    {
        var now = (EpmSettings)services.Single(service => service.ServiceType == typeof(EpmSettings)).ImplementationInstance!;
        services.Replace(ServiceDescriptor.Singleton(change(now)));
    }

    // Signed in anew: a token is older than it may be after a day of this clock.
    private async Task<JsonElement> AskAsync(TestTenant? tenant = null) =>
        await (await (tenant ?? _tenant).SignInAsync(TestTenant.EmailOf(Roles.Admin))).GetJsonAsync("/api/v1/operations");

    private static string[] Alarms(JsonElement told) => [.. told.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("code").GetString()!)];

    private Task BackupAsync(string name, int ago, string kind = "physical", EpmHost? host = null) => NoteAsync(host,
        "INSERT INTO platform.backup (name, kind, at, bytes, seconds) VALUES ($1, $2, $3, 1000, 1)", name, kind, _clock.GetUtcNow() - TimeSpan.FromHours(ago));

    private Task DrillAsync(string backup, int ago, bool exact = true, bool damageSeen = true, decimal rpo = 3, decimal rto = 4) => NoteAsync(null,
        "INSERT INTO platform.drill (at, backup, exact, damage_seen, rpo_seconds, rto_seconds, bytes) VALUES ($1, $2, $3, $4, $5, $6, 1000)",
        _clock.GetUtcNow() - TimeSpan.FromHours(ago), backup, exact, damageSeen, rpo, rto);

    // As the verbs do: by the administrator's role.
    private async Task NoteAsync(EpmHost? host, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection((host ?? _host).Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
