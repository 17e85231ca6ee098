using System.Globalization;
using EPM.Benchmarks.Running;
using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T30: the connection is reset as COMMIT is sent, so that nobody knows whether it was done.</summary>
internal static class CutCommits
{
    private const int Times = 1_000;

    public static async Task RunAsync(Options options, TrustReport report)
    {
        var admin = await Site.CreateDatabaseAsync(options, "trust_commits");
        await using var proxy = FaultProxy.To(admin);
        await using var site = await Site.OpenAsync(options, admin, proxy.Through(admin));
        using var client = site.Host.Client(Site.Slug);
        var before = await site.ScalarAsync<long>("SELECT count(*) FROM stores.region");
        var (cuts, wrong) = (0, 0);
        for (var n = 0; n < Times; n++)
        {
            var token = await site.TokenAsync();
            // With its end: BEGIN names READ COMMITTED.
            var cut = proxy.Arm(Cut.OnText("COMMIT\0", (CutPoint)(n % 3)));
            var answer = await Asking.UntilAnsweredAsync(client, token, "/api/v1/regions", new { code = string.Create(CultureInfo.InvariantCulture, $"C{n}"), name = "Région" }, $"key {n}");
            wrong += answer.StartsWith("201 ", StringComparison.Ordinal) ? 0 : 1;
            cuts += cut.HasFired ? 1 : 0;
            proxy.Pass();
        }
        var effects = await site.ScalarAsync<long>("SELECT count(*) FROM stores.region") - before;
        report.Add(new TrustFigure("T30", $"connection reset before, behind and after COMMIT, {cuts:N0} times; the client asks again under its key",
            $"{Math.Max(0, Times - effects)} lost, {Math.Max(0, effects - Times)} doubled, {wrong} refused", "0 lost, 0 doubled", effects == Times && wrong == 0 && cuts == Times));
    }
}
