using System.Net;
using EPM.TestKit;

namespace EPM.Modules.Tests.Faults;

/// <summary>A host that is told to stop leaves the rotation first, and serves whoever still comes.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_host_that_is_told_to_stop_says_so_serves_on_and_ends()
    {
        var start = new HostStart(await TestDatabases.CopyAsync()) { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_DRAIN_SECONDS"] = "6" } };
        await using var host = await HostProcess.StartAsync(start);
        using var client = host.Client(slug: null);
        using (var before = await client.GetAsync("api/v1/site"))
            before.Headers.ConnectionClose.ShouldNotBe(true);
        host.Terminate();
        while (await host.StatusAsync("/health/ready") == 200)
            host.HasExited.ShouldBeFalse();
        using (var during = await client.GetAsync("api/v1/site"))
        {
            during.StatusCode.ShouldBe(HttpStatusCode.OK);
            during.Headers.ConnectionClose.ShouldBe(true);
        }
        (await host.StatusAsync("/health/live")).ShouldBe(200);
        (await host.ExitAsync()).ShouldBe(0, host.Log);
    }
}
