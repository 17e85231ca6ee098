using System.Globalization;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Trust;

/// <summary>T31: many keys, each used by five requests at once.</summary>
internal static class RepeatedKeys
{
    private const int Keys = 10_000;
    private const int Duplicates = 5;
    private const string Path = "/api/v1/regions";

    public static async Task RunAsync(Options options, TrustReport report)
    {
        await using var site = await Site.OpenAsync(options, await Site.CreateDatabaseAsync(options, "trust_keys"));
        using var client = site.Host.Client(Site.Slug);
        var before = await site.ScalarAsync<long>("SELECT count(*) FROM stores.region");
        var different = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Keys), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            var (body, key, token) = (new { code = string.Create(CultureInfo.InvariantCulture, $"K{n}"), name = "Région" }, $"key {n}", await site.TokenAsync());
            var answers = await Task.WhenAll(Enumerable.Range(0, Duplicates).Select(_ => Asking.UntilAnsweredAsync(client, token, Path, body, key)));
            if (answers.Distinct(StringComparer.Ordinal).Count() != 1 || !answers[0].StartsWith("201 ", StringComparison.Ordinal))
                Interlocked.Increment(ref different);
        });
        var effects = await site.ScalarAsync<long>("SELECT count(*) FROM stores.region") - before;
        report.Add(new TrustFigure("T31", $"{Keys:N0} keys × {Duplicates} duplicates at once", $"{effects:N0} effects, {different} keys with differing answers",
            $"{Keys:N0} effects, every answer the same", effects == Keys && different == 0));
    }
}
