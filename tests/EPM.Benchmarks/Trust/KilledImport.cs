using System.Diagnostics;
using System.Globalization;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Running;
using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T27: the host is killed again and again while it imports, at points spread over the lines, and started again.</summary>
internal static class KilledImport
{
    private const int Kills = 20;
    private const long Lines = 541_909;
    private const string Sums = "SELECT count(*) || ' lines, ' || sum(quantity) || ' units, ' || sum(quantity * unit_price - discount) || ' revenue' FROM sales.line";

    public static async Task RunAsync(Options options, TrustReport report)
    {
        // The public file when the machine has it; otherwise as many lines of ours.
        var (kind, file) = options.UciFile is { } uci ? ("sales&mapping=uci-online-retail", uci) : ("sales", Path.Combine(options.Scratch, "trust.csv"));
        var calm = await ImportAsync(options, "trust_calm", kind, file, kills: 0);
        var killed = await ImportAsync(options, "trust_killed", kind, file, Kills);
        var ratio = killed.Working / calm.Working;
        report.Add(new TrustFigure("T27", string.Create(CultureInfo.InvariantCulture, $"{Kills} kill -9 of the host in an import of {calm.Read:N0} lines{(options.UciFile is null ? "" : " (UCI Online Retail)")}"),
            string.Create(CultureInfo.InvariantCulture, $"{killed.Sums}; undisturbed {calm.Sums}; {killed.Working:0.0} s against {calm.Working:0.0} s: {ratio:0.00} ×, and {killed.Total - killed.Working:0.0} s until the job was taken up again"),
            "0 lost, 0 doubled, sums equal, ≤ 2.5 × the undisturbed time besides restarts", killed.Sums == calm.Sums && killed.Read == calm.Read && ratio <= 2.5));
    }

    private static async Task<(string Sums, long Read, double Working, double Total)> ImportAsync(Options options, string database, string kind, string file, int kills)
    {
        var admin = await Site.CreateDatabaseAsync(options, database);
        await using var site = await Site.OpenAsync(options, admin);
        if (options.UciFile is null && !File.Exists(file))
            new SalesFiles(await site.NumbersAsync()).Write(file, rows: null, Lines, Shape.First, Shape.Days);
        string id;
        await using (var content = File.OpenRead(file))
            id = await site.UploadAsync(kind, content);
        var host = site.Host;
        var (clock, waited) = (Stopwatch.StartNew(), 0.0);
        for (var kill = 1; kill <= kills; kill++)
        {
            await UntilAsync(site, $"read >= {Lines * kill / (kills + 1)}", id);
            // At once, and some way into the next batch.
            await Task.Delay(kill % 3 * 60);
            var attempts = await site.ScalarAsync<int>("SELECT coalesce(max(attempts), -1) FROM platform.job");
            var from = clock.Elapsed.TotalSeconds;
            host.Kill();
            await host.ExitAsync();
            await host.DisposeAsync();
            host = await HostProcess.StartAsync(options.HostOn(admin) with { Port = site.Host.Port });
            while (attempts >= 0 && await site.ScalarAsync<int>("SELECT coalesce(max(attempts), 2147483647) FROM platform.job") <= attempts)
                await Task.Delay(10);
            waited += clock.Elapsed.TotalSeconds - from;
        }
        await UntilAsync(site, "state = 'completed'", id);
        var total = clock.Elapsed.TotalSeconds;
        if (kills > 0)
            await host.DisposeAsync();
        return (await site.ScalarAsync<string>(Sums), await site.ScalarAsync<long>($"SELECT read FROM sales.import WHERE import_id = '{id}'"), total - waited, total);
    }

    private static async Task UntilAsync(Site site, string condition, string id)
    {
        while (!await site.ScalarAsync<bool>($"SELECT {condition} OR state IN ('completed', 'failed') FROM sales.import WHERE import_id = '{id}'"))
            await Task.Delay(5);
        if (await site.ScalarAsync<string>($"SELECT state FROM sales.import WHERE import_id = '{id}'") == "failed")
            throw new ImpossibleException("The import failed.");
    }
}
