using System.Globalization;

namespace EPM.Platform.Backup;

/// <summary>What a drill remembers between its steps, as lines of a file.</summary>
internal static class DrillFile
{
    public static Task WriteAsync(string path, Remembered what, CancellationToken ct) => File.WriteAllLinesAsync(path,
        [
            what.Moment.ToString("O", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{what.Lag.Ticks}\t{what.Bytes}"),
            .. what.Fingerprints.Select(print => string.Create(CultureInfo.InvariantCulture, $"{print.Table}\t{print.Tenant}\t{print.Rows}\t{print.Sum}")),
        ], ct);

    public static async Task<Remembered> ReadAsync(string path, CancellationToken ct)
    {
        var lines = await File.ReadAllLinesAsync(path, ct);
        var figures = lines[1].Split('\t');
        return new Remembered(DateTimeOffset.Parse(lines[0], CultureInfo.InvariantCulture), TimeSpan.FromTicks(Number(figures[0])), Number(figures[1]),
            [.. lines.Skip(2).Select(line => line.Split('\t')).Select(part => new Fingerprint(part[0], part[1], Number(part[2]), part[3]))]);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
