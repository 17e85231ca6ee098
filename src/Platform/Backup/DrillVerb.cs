using System.Globalization;
using EPM.Platform.Modules;

namespace EPM.Platform.Backup;

/// <summary>
/// <c>drill fill BYTES | remember FILE | compare FILE CONNECTION BACKUP STARTED DAMAGE</c>: the steps of <c>./epm drill</c>, which restores in
/// between. STARTED is the Unix time in milliseconds at which restoring began, DAMAGE yes when a spoilt copy was refused.
/// </summary>
internal sealed class DrillVerb(EpmSettings settings, Drill drill, TimeProvider time) : ICommandLineVerb
{
    public string Verb => "drill";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        try
        {
            return arguments switch
            {
                ["fill", var bytes] => await FillAsync(long.Parse(bytes, CultureInfo.InvariantCulture), ct),
                ["remember", var file] => await RememberAsync(file, ct),
                ["compare", var file, var restored, var backup, var started, var damage] =>
                    await CompareAsync(file, restored, backup, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(started, CultureInfo.InvariantCulture)), damage == "yes", ct),
                _ => throw new InvalidOperationException("These are steps of ./epm drill."),
            };
        }
        catch (InvalidOperationException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 2;
        }
    }

    private async Task<int> FillAsync(long bytes, CancellationToken ct)
    {
        if (!settings.EmbeddedServer)
            throw new InvalidOperationException("A drill restores the embedded server; drill a server of your own with the tools that back it up.");
        await drill.FillAsync(bytes, ct);
        return 0;
    }

    private async Task<int> RememberAsync(string file, CancellationToken ct)
    {
        var then = await drill.RememberAndDestroyAsync(ct);
        await DrillFile.WriteAsync(file, then, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{then.Fingerprints.Sum(print => print.Rows)} rows in {then.Bytes / 1e6:0} MB remembered; then a table dropped and 10000 rows changed"));
        return 0;
    }

    private async Task<int> CompareAsync(string file, string restored, string backup, DateTimeOffset started, bool damageSeen, CancellationToken ct)
    {
        await drill.AwaitAsync(restored, ct);
        var took = time.GetUtcNow() - started;
        var then = await DrillFile.ReadAsync(file, ct);
        var differences = await Drill.DifferencesAsync(restored, then, ct);
        foreach (var difference in differences)
            await Console.Error.WriteLineAsync(difference);
        var exact = differences.Count == 0;
        await drill.RecordAsync(backup, then, exact, damageSeen, took, ct);
        Console.WriteLine($"{(exact ? "Exact" : "NOT EXACT")}: {then.Fingerprints.Count} tables and tenants; a spoilt file was {(damageSeen ? "found" : "NOT FOUND")}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RPO {Drill.Seconds(then.Lag)} s, RTO {Drill.Seconds(took)} s for {then.Bytes / 1e6:0} MB"));
        return exact && damageSeen ? 0 : 1;
    }
}
