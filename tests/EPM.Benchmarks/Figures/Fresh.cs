using System.Diagnostics;
using System.Text.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Http;
using EPM.Benchmarks.Reporting;

namespace EPM.Benchmarks.Figures;

/// <summary>From the first byte of a small upload to a dashboard that shows it.</summary>
internal static class Fresh
{
    private const int Rounds = 20;
    private const int Lines = 1_000;

    // Behind the days every other figure looks at.
    private static readonly DateOnly First = new(2026, 1, 1);

    public static async Task RunAsync(Options options, Report report, Loaded loaded)
    {
        Report.Say($"{Lines:N0} lines to the dashboard");
        var seconds = new List<double>();
        var file = Path.Combine(options.Scratch, "fresh.csv");
        for (var round = -2; round < Rounds; round++)
        {
            var day = First.AddDays(round + 2);
            var sums = loaded.Files.Write(file, null, Lines, day, 1);
            var took = await OneAsync(loaded, file, day, sums.Revenue(day, day));
            if (round >= 0)
                seconds.Add(took);
        }
        report.Add(new Figure($"{Lines:N0} lines uploaded to visible on the dashboard, {loaded.Label} stored", "s", Spread.Of(seconds))
        {
            Bar = Bar.AtMost(0.1, "≤ 0.1 s"),
            Bytes = new FileInfo(file).Length,
        });
    }

    private static async Task<double> OneAsync(Loaded loaded, string file, DateOnly day, decimal expected)
    {
        var request = await loaded.Site.RequestAsync($"/api/v1/dashboard?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}");
        using var connection = new KeptConnection(loaded.Site.Host.Port);
        using var content = new MemoryStream(await File.ReadAllBytesAsync(file));
        var clock = Stopwatch.StartNew();
        await loaded.Site.UploadAsync("sales", content);
        while (true)
        {
            var revenue = Revenue(connection, request);
            if (revenue is > 0)
            {
                return Math.Abs(revenue.Value - expected) <= 0.5m ? clock.Elapsed.TotalSeconds
                    : throw new ImpossibleException($"The dashboard shows {revenue} of an upload of {expected}");
            }
            if (clock.Elapsed > TimeSpan.FromSeconds(30))
                throw new ImpossibleException("An upload of a thousand lines was not seen for half a minute.");
            await Task.Delay(1);
        }
    }

    private static decimal? Revenue(KeptConnection connection, byte[] request)
    {
        var answer = connection.Send(request);
        if (answer.Status != 200)
            throw new ImpossibleException($"The dashboard was answered {answer.Status}");
        using var body = JsonDocument.Parse(answer.Body.ToArray());
        var value = body.RootElement.GetProperty("cards")[0].GetProperty("value");
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDecimal();
    }
}
