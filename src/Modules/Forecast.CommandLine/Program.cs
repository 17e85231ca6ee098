using System.Diagnostics;
using System.Globalization;
using EPM.Forecast.CommandLine;
using EPM.Forecast.Engine;

if (args is ["night", .. var scale])
    return Night.Run(scale);
if (args is ["methods"])
{
    Console.WriteLine(string.Join('\n', Forecaster.Methods));
    return 0;
}
try
{
    var clock = new Clock();
    var arguments = Arguments.Read(args);
    var histories = SeriesFile.Read(arguments.Train);
    var asked = AskedKeys.Read(arguments.Future, histories);
    var known = arguments.Known is { } path ? KnownFile.Read(path, histories, asked.Horizons) : null;
    clock.Lap("read");

    var groups = GroupsOfIds.Of(histories.Ids);
    int[] places = [.. Enumerable.Range(0, histories.Ids.Count).Where(place => asked.Horizons[place] > 0)];
    Series[] fleet = [.. places.Select(place => new Series
    {
        Id = histories.Ids[place],
        Values = histories.Histories[place].Values,
        Season = arguments.Season,
        Cadence = histories.Moments.Cadence,
        First = histories.Moments.First(histories.Histories[place].First),
        Known = known?[place] ?? [],
        Groups = groups[place],
    })];
    var forecasts = Forecaster.Train(fleet, [.. places.Select(place => asked.Horizons[place])], arguments.Threads, null, CancellationToken.None, arguments.Methods, arguments.Calibrate);
    clock.Lap("forecast");

    var bySeries = new SeriesForecast[histories.Ids.Count];
    for (var i = 0; i < places.Length; i++)
        bySeries[places[i]] = forecasts[i];
    using (var writer = new StreamWriter(arguments.Out))
    {
        writer.NewLine = "\n";
        writer.WriteLine("unique_id,ds,p10,p50,p90,mean");
        foreach (var (series, moment, step) in asked.Rows)
        {
            var said = bySeries[series].Prediction;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Quoted(histories.Ids[series])},{moment},{said[step, Prediction.P10]:R},{said[step, Prediction.Median]:R},{said[step, Prediction.P90]:R},{said.Mean[step]:R}"));
        }
    }
    clock.Lap("write");

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fleet.Length} series, {clock.Cpu:0.000} CPU s, {1000 * clock.Of("forecast") / fleet.Length:0.00} ms a series"));
    foreach (var method in forecasts.SelectMany(forecast => forecast.Recipe.Methods).GroupBy(part => part.Method).OrderByDescending(part => part.Sum(one => one.Weight)))
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {method.Key,-14} in {method.Count(),5} series, mean weight {method.Sum(part => part.Weight) / fleet.Length:0.000}"));
    if (arguments.Timings)
        clock.Print();
    return 0;
}
catch (BadInputException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 2;
}

static string Quoted(string id) => id.AsSpan().IndexOfAny(',', '"') < 0 ? id : $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
