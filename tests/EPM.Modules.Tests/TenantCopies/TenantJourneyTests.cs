using System.Diagnostics;
using System.Globalization;
using EPM.Modules.Tests.Sales.Imports;
using EPM.TestKit;

namespace EPM.Modules.Tests.TenantCopies;

/// <summary>TRUST T35, as an operator does it: a chain was destroyed, there is only last night's backup, and all others have gone on since.</summary>
public sealed class TenantJourneyTests : CopiesTest
{
    private readonly EpmCommand _epm = new();

    private protected override async Task<string> DatabaseAsync()
    {
        await DoAsync("migrate");
        // It goes on running between one command and the next, as it does beside the product.
        using var start = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "tools", "postgres", "pg.sh"), ["start", _epm.Data]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var connection = (await start.StandardOutput.ReadLineAsync())!;
        await start.WaitForExitAsync();
        return connection;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _epm.DisposeAsync();
    }

    [Fact]
    public async Task A_chain_alone_goes_back_to_a_moment_of_which_there_is_only_a_backup_of_everything()
    {
        // As after a day's work: the installation has its secret.
        (await DoAsync("tenant", "export", Tenant.Slug, "--to", NewFile())).ShouldContain(Tenant.Slug);
        await DoAsync("backup");
        await Tenant.SellAsync(Lines("T3", 7));
        var (then, moment) = (await PrintsAsync(Tenant), await AskAsync<DateTime>("SELECT clock_timestamp()"));
        await Tenant.SellAsync(Lines("T1", 30));
        await Neighbour.SellAsync(Lines("T4", 9));
        var neighbour = await PrintsAsync(Neighbour, all: true);
        await ArchivedAsync();

        var file = NewFile();
        (await DoAsync("tenant", "export", Tenant.Slug, "--to", file, "--at", moment.ToString("O", CultureInfo.InvariantCulture))).ShouldContain(Path.GetFileName(file));
        (await PrintsAsync(Tenant)).ShouldNotBe(then);
        (await DoAsync("tenant", "restore", Tenant.Slug, "--from", file)).ShouldContain(moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        (await PrintsAsync(Tenant)).ShouldBe(then);
        (await PrintsAsync(Neighbour, all: true)).ShouldBe(neighbour);

        (await RefusedAsync(1, "tenant", "delete", Tenant.Slug, "--confirm", Neighbour.Slug)).ShouldContain(Tenant.Slug);
        (await RefusedAsync(1, "tenant", "restore", Neighbour.Slug, "--from", file)).ShouldContain(Tenant.Slug);
        (await RefusedAsync(2, "tenant", "export", Tenant.Slug)).ShouldContain("--to FILE");
        await DoAsync("tenant", "delete", Tenant.Slug, "--confirm", Tenant.Slug);
        await DoAsync("tenant", "restore", Tenant.Slug, "--from", file);
        (await PrintsAsync(Tenant)).ShouldBe(then);
    }

    private async Task<string> DoAsync(params string[] arguments)
    {
        var (code, said) = await _epm.RunAsync(arguments);
        code.ShouldBe(0, said);
        return said;
    }

    private async Task<string> RefusedAsync(int with, params string[] arguments)
    {
        var (code, said) = await _epm.RunAsync(arguments);
        code.ShouldBe(with, said);
        return said;
    }

    private async Task ArchivedAsync()
    {
        var last = await AskAsync<string>("SELECT pg_walfile_name(pg_switch_wal())");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await AskAsync<bool>("SELECT coalesce(left(last_archived_wal, 24), '') >= $1 FROM pg_stat_archiver", last))
            patience.Token.ThrowIfCancellationRequested();
    }
}
