using System.Diagnostics;
using System.Globalization;
using EPM.Forecast.Engine;

namespace EPM.Forecast.CommandLine;

/// <summary>
/// What a chain's night costs the engine, for <c>./epm bench forecast</c>: daily series of stores and products, drawn the same each time, first
/// all learnt anew, then as every night: a seventh anew, the others by what is known of them. In batches, as runs do.
/// </summary>
internal static class Night
{
    private const int Days = 1095;
    private const int Horizon = 30;
    private const int Batch = 400;

    private static readonly double[] Week = [1, 0.9, 0.9, 1, 1.2, 1.6, 1.3];
    private static readonly double[] Levels = [0.1, 0.3, 0.6, 1, 2, 5, 12];

    /// <param name="scale">How many series, on how many threads.</param>
    public static int Run(string[] scale)
    {
        var (series, threads) = (int.Parse(scale[0], CultureInfo.InvariantCulture), int.Parse(scale[1], CultureInfo.InvariantCulture));
        Series[] fleet = [.. Enumerable.Range(0, series).Select(Draw)];
        int[] horizons = [.. Enumerable.Repeat(Horizon, Batch)];
        var recipes = new List<Recipe>();
        var whole = Timed(() =>
        {
            foreach (var batch in fleet.Chunk(Batch))
                recipes.AddRange(Forecaster.Train(batch, horizons[..batch.Length], threads, null, CancellationToken.None).Select(forecast => forecast.Recipe));
        });
        var night = Timed(() =>
        {
            var seventh = fleet.Length / 7;
            foreach (var batch in fleet[..seventh].Chunk(Batch))
                Forecaster.Train(batch, horizons[..batch.Length], threads, null, CancellationToken.None);
            for (var from = seventh; from < fleet.Length; from += Batch)
            {
                var batch = fleet[from..Math.Min(from + Batch, fleet.Length)];
                Forecaster.Refresh(batch, horizons[..batch.Length], recipes[from..(from + batch.Length)], threads, null, CancellationToken.None);
            }
        });
        var alone = Enumerable.Range(0, Math.Min(50, fleet.Length)).Select(i => Timed(() => Forecaster.Train([fleet[i]], [Horizon], 1, null, CancellationToken.None)).Seconds).Order().ToArray();
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{{\"series\":{series},\"threads\":{threads},\"trainSeconds\":{whole.Seconds:0.00},\"trainCpu\":{whole.Cpu:0.00},\"nightSeconds\":{night.Seconds:0.00},\"nightCpu\":{night.Cpu:0.00},\"aloneMs\":{1000 * alone[alone.Length / 2]:0.0},\"aloneMostMs\":{1000 * alone[^1]:0.0},\"peakMb\":{self.PeakWorkingSet64 / 1_000_000}}}"));
        return 0;
    }

    private static (double Seconds, double Cpu) Timed(Action work)
    {
        using var self = Process.GetCurrentProcess();
        var (began, cpu) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
        work();
        self.Refresh();
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, (self.TotalProcessorTime - cpu).TotalSeconds);
    }

    private static Series Draw(int number)
    {
        var dice = new Random(number);
        var level = Levels[dice.Next(Levels.Length)] * Math.Exp(dice.NextDouble() - 0.5);
        var values = new double[Days];
        for (var day = 0; day < Days; day++)
            values[day] = Count(dice, level * Week[day % 7] * (1 + (0.3 * Math.Sin(2 * Math.PI * day / 365.25))));
        return new Series { Id = $"cell {number}", Values = values, Season = 7, Cadence = Cadence.Day, First = new DateOnly(2023, 11, 22), Groups = [$"store {number / Batch}"] };
    }

    // Knuth's: as many draws as their product stays above e^-mean.
    private static int Count(Random dice, double mean)
    {
        var (count, product, bound) = (0, dice.NextDouble(), Math.Exp(-mean));
        while (product > bound)
        {
            count++;
            product *= dice.NextDouble();
        }
        return count;
    }
}
