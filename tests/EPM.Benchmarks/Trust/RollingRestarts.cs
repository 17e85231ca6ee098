using EPM.Benchmarks.Running;
using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T26: two hosts behind the shipped nginx configuration, each replaced over and over while people work.</summary>
internal static class RollingRestarts
{
    private const int Restarts = 10;
    private const int People = 8;
    private const string Slug = "releve";

    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Options options, TrustReport report)
    {
        var start = options.HostOn(await Site.CreateDatabaseAsync(options, "trust_rolling"));
        start = start with
        {
            Settings = new Dictionary<string, string>(start.Settings, StringComparer.Ordinal) { ["EPM_DRAIN_SECONDS"] = "5", ["EPM_PROXIES"] = "127.0.0.0/8" },
        };
        await using var site = await TwoHosts.StartAsync(start);
        await site.OpenChainAsync(Slug);
        await using var ledger = new RequestLedger(site, Slug);
        await ledger.BeginAsync(People);
        var (unclean, slowest) = (0, TimeSpan.Zero);
        for (var restart = 0; restart < 2 * Restarts; restart++)
        {
            var (code, took) = await site.RestartAsync(restart % 2);
            unclean += code == 0 ? 0 : 1;
            slowest = took > slowest ? took : slowest;
        }
        await ledger.EndAsync();
        foreach (var failure in ledger.Failures.Take(10))
            Console.WriteLine($"    {failure}");
        var (lost, doubled) = await ledger.CompareAsync();
        report.Add(new TrustFigure("T26", $"{Restarts} rolling restarts of two hosts behind nginx, {People} people at work",
            $"{ledger.Requests:N0} requests, {ledger.Failures.Count} failed; {lost.Count} of {ledger.Acknowledged.Count:N0} acknowledged lost, {doubled.Count} doubled; slowest end {slowest.TotalSeconds:0.0} s, {unclean} unclean",
            "0 failed, 0 lost, 0 doubled, every end clean within 30 s",
            ledger.Failures.Count == 0 && lost.Count == 0 && doubled.Count == 0 && unclean == 0 && slowest <= Slowest));
    }
}
