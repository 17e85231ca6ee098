using System.Net;
using EPM.TestKit;
using Npgsql;

namespace EPM.Modules.Tests.Faults;

/// <summary>The real host and a real server can be started, hurt and cleaned up by tests.</summary>
public sealed class ProcessesTests
{
    [Fact]
    public async Task A_server_and_a_host_live_freeze_die_and_leave_nothing()
    {
        await using var server = await PostgresServer.StartAsync();
        var start = new HostStart(server.Connection);
        await HostProcess.MigrateAsync(start);
        int pid;
        await using (var host = await HostProcess.StartAsync(start))
        {
            pid = host.Pid;
            using var apex = host.Client(slug: null);
            (await apex.GetAsync("api/v1/site")).StatusCode.ShouldBe(HttpStatusCode.OK);
            host.Kill();
            (await host.ExitAsync()).ShouldBe(137);
            (await host.StatusAsync("/health/live")).ShouldBeNull();
        }
        await using (var next = await HostProcess.StartAsync(start))
        {
            next.Terminate();
            (await next.ExitAsync()).ShouldBe(0, next.Log);
        }
        Directory.Exists($"/proc/{pid}").ShouldBeFalse();
        await server.RestartAsync(Shutdown.Killed);
        await using var connection = new NpgsqlConnection(server.Connection);
        await connection.OpenAsync();
        await using var ask = new NpgsqlCommand("SELECT count(*) > 0 FROM platform.migration", connection);
        (await ask.ExecuteScalarAsync()).ShouldBe(true);
    }
}
