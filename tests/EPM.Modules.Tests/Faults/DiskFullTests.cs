using System.Diagnostics;
using System.Net;
using EPM.TestKit;
using Xunit.Abstractions;

namespace EPM.Modules.Tests.Faults;

/// <summary>The disk of the database is full: changes are refused as what they are, reads go on, and nothing acknowledged is lost.</summary>
public sealed class DiskFullTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int MostWrites = 2_000;

    private readonly string _disk = Directory.CreateTempSubdirectory("epm-disk-").FullName;
    private FaultSite? _site;

    public async Task InitializeAsync()
    {
        // A disk of its own needs the right to mount one, which root has and others rarely do.
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=420m,mode=755", "tmpfs", _disk) != 0)
            return;
        _site = new FaultSite(Path.Combine(_disk, "server"));
        await _site.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
            await RunAsync("umount", _disk);
        }
        Directory.Delete(_disk, recursive: true);
    }

    [Fact]
    public async Task Changes_are_refused_reads_go_on_and_writing_works_again_once_there_is_room()
    {
        if (_site is null)
        {
            output.WriteLine("Not tried: this account may not mount a file system.");
            return;
        }
        using var client = _site.Client();
        var acknowledged = new List<string>();
        var filler = Path.Combine(_disk, "filler");
        Fill(filler);
        var refused = false;
        for (var i = 0; i < MostWrites && !refused; i++)
        {
            var code = _site.NewCode();
            using var answer = await FaultSite.AddRegionAsync(client, code);
            refused = answer.StatusCode == HttpStatusCode.InsufficientStorage;
            if (refused)
                await answer.ShouldBeProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
            else
                answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            if (!refused)
                acknowledged.Add(code);
        }
        refused.ShouldBeTrue("the disk was never full");
        using (var read = await client.GetAsync("api/v1/users"))
            read.StatusCode.ShouldBe(HttpStatusCode.OK);

        File.Delete(filler);
        var last = _site.NewCode();
        using (var again = await FaultSite.AddRegionAsync(client, last))
            again.StatusCode.ShouldBe(HttpStatusCode.Created, await again.Content.ReadAsStringAsync());
        var stored = await _site.AskAsync<string[]>("SELECT array_agg(region_code) FROM stores.region");
        acknowledged.Append(last).Except(stored, StringComparer.Ordinal).ShouldBeEmpty();
        _site.Host.HasExited.ShouldBeFalse();
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 4 << 10 })
        {
            var block = new byte[size];
            try
            {
                while (true)
                    file.Write(block);
            }
            catch (IOException)
            {
                // Full, to the size of this block.
            }
        }
    }

    private static async Task<int> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
