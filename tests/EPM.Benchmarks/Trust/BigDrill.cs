using System.Globalization;
using System.Text.RegularExpressions;
using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T34: a gigabyte destroyed and brought back. Takes minutes, and several gigabytes of disk: only when it is named.</summary>
internal static partial class BigDrill
{
    public static async Task RunAsync(Options options, TrustReport report)
    {
        await using var epm = new EpmCommand();
        var (code, said) = await epm.RunAsync("drill", "--size", "1GB");
        var told = Told().Match(said);
        if (!told.Success)
            throw new ImpossibleException($"The drill ended with {code}:\n{said}");
        var took = double.Parse(told.Groups["rto"].Value, CultureInfo.InvariantCulture);
        report.Add(new TrustFigure("T34", "a gigabyte destroyed and restored to the moment before; a spoilt copy is offered first", $"{told.Value}; {(code == 0 ? "exact, the spoilt copy refused" : "NOT exact")}",
            "exact, RTO ≤ 60 s", code == 0 && took <= 60));
    }

    [GeneratedRegex(@"RPO [\d.]+ s, RTO (?<rto>[\d.]+) s for \d+ MB", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Told();
}
