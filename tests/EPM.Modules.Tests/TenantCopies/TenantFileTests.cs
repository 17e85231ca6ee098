using System.IO.Compression;
using System.Text;
using EPM.Platform.Modules;
using EPM.Platform.Security;
using EPM.Platform.TenantCopies;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.TenantCopies;

/// <summary>What a restore refuses, and that it then has changed nothing.</summary>
public sealed class TenantFileTests : CopiesTest
{
    [Fact]
    public async Task The_same_rows_are_the_same_file_and_only_its_owner_reads_it()
    {
        var (one, two) = (await ExportAsync(), await ExportAsync());
        var seal = Copies<TenantFileSeal>();
        using var first = TenantFile.Open(one, seal);
        using var second = TenantFile.Open(two, seal);
        // The trail has the first export in it by then.
        static IEnumerable<string> Rows(TenantFile file) => file.Manifest.Tables.Where(table => !table.Name.Contains("audit_", StringComparison.Ordinal)).Select(table => $"{table.Name} {table.Sha256}");
        Rows(first).ShouldBe(Rows(second));
        first.Manifest.Tables.Select(table => table.Name).ShouldContain("sales.line");
        first.Manifest.Tables.Select(table => table.Name).ShouldNotContain("tenancy.session");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(one).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await RefusedAsync(() => Copies<TenantExport>().RunAsync(Tenant.Slug, one, null, By, CancellationToken.None))).ShouldBe("tenant_file_exists");
        (await RefusedAsync(() => Copies<TenantExport>().RunAsync("nobody", NewFile(), null, By, CancellationToken.None))).ShouldBe("tenant_none");
    }

    [Fact]
    public async Task A_spoilt_file_changes_nothing_wherever_it_is_spoilt()
    {
        var file = await ExportAsync();
        var (good, before) = (await File.ReadAllBytesAsync(file), await PrintsAsync(Tenant, all: true));
        var refused = new List<string>();
        for (var part = 0; part < 24; part++)
        {
            var bad = (byte[])good.Clone();
            bad[(good.Length - 1) * part / 23] ^= 0x5A;
            refused.AddRange(await RefusalOfAsync(bad));
        }
        foreach (var left in new[] { 0, 1, good.Length / 2, good.Length - 30 })
            (await RefusalOfAsync(good[..left])).ShouldHaveSingleItem().ShouldBe("tenant_file_unreadable");
        // A byte that says nothing (an attribute of an entry) may differ; hardly any does.
        refused.Count.ShouldBeGreaterThan(20);
        refused.ShouldAllBe(code => code.StartsWith("tenant_file_", StringComparison.Ordinal));
        (await RefusedAsync(() => RestoreAsync(NewFile()))).ShouldBe("tenant_file_absent");
        (await PrintsAsync(Tenant, all: true)).ShouldBe(before);
    }

    [Fact]
    public async Task Rows_or_manifest_exchanged_by_whoever_can_compute_a_hash_are_refused()
    {
        var before = await PrintsAsync(Tenant, all: true);
        var rows = await ExportAsync();
        Rewrite(rows, "tables/tenancy.app_user.csv", text => text.Replace("analyst", "admin", StringComparison.Ordinal));
        (await RefusedAsync(() => RestoreAsync(rows))).ShouldBe("tenant_file_table");
        var manifest = await ExportAsync();
        Rewrite(manifest, TenantFileWriter.Manifest, text => text.Replace(Tenant.Slug, Neighbour.Slug, StringComparison.Ordinal));
        (await RefusedAsync(() => RestoreAsync(manifest))).ShouldBe("tenant_file_seal");
        (await PrintsAsync(Tenant, all: true)).Length.ShouldBe(before.Length);
    }

    [Fact]
    public async Task A_file_of_another_chain_or_nobodys_is_refused()
    {
        var file = await ExportAsync(Neighbour);
        var before = await PrintsAsync(Tenant, all: true);
        (await RefusedAsync(() => RestoreAsync(file))).ShouldBe("tenant_file_other");
        (await RefusedAsync(() => RestoreAsync(file, "nobody"))).ShouldBe("tenant_none");
        (await PrintsAsync(Tenant, all: true)).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_of_another_schema_or_another_secret_is_refused()
    {
        var file = await ExportAsync();
        var before = await PrintsAsync(Tenant, all: true);
        await ExecuteAsync("INSERT INTO platform.migration (module, name, checksum) VALUES ('sales', 'V9999__later', 'x')");
        (await RefusedAsync(() => RestoreAsync(file))).ShouldBe("tenant_file_schema");
        await ExecuteAsync("DELETE FROM platform.migration WHERE name = 'V9999__later'");
        await ExecuteAsync("SET ROLE epm_owner; ALTER TABLE stores.region ADD COLUMN planted int");
        (await RefusedAsync(() => RestoreAsync(file))).ShouldBe("tenant_file_tables");
        await ExecuteAsync("ALTER TABLE stores.region DROP COLUMN planted");
        var settings = Copies<EpmSettings>() with { Secret = "another secret of thirty-two characters", SecretsBefore = [] };
        Should.Throw<Platform.Http.BadInput>(() => TenantFile.Open(file, new TenantFileSeal(new DeploymentKeys(settings)))).Code.ShouldBe("tenant_file_seal");
        using (TenantFile.Open(file, new TenantFileSeal(new DeploymentKeys(settings with { SecretsBefore = [Copies<EpmSettings>().Secret!] }))))
            (await PrintsAsync(Tenant, all: true)).ShouldBe(before);
    }

    private async Task<string[]> RefusalOfAsync(byte[] content)
    {
        var file = NewFile();
        await File.WriteAllBytesAsync(file, content);
        try
        {
            using var opened = TenantFile.Open(file, Copies<TenantFileSeal>());
            await opened.VerifyAsync(CancellationToken.None);
            return [];
        }
        catch (Platform.Http.BadInput)
        {
            return [await RefusedAsync(() => RestoreAsync(file))];
        }
    }

    private static void Rewrite(string file, string entry, Func<string, string> change)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        using var content = zip.GetEntry(entry)!.Open();
        using var reader = new StreamReader(content, Encoding.UTF8, leaveOpen: true);
        var text = reader.ReadToEnd();
        change(text).ShouldNotBe(text);
        content.SetLength(0);
        content.Write(Encoding.UTF8.GetBytes(change(text)));
    }
}
