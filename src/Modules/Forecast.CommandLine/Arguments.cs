using System.Globalization;

namespace EPM.Forecast.CommandLine;

/// <summary>What <c>./epm forecast</c> is told.</summary>
internal sealed record Arguments(string Train, string Future, string? Known, int Season, int Threads, string Out, bool Timings, IReadOnlySet<string>? Methods, bool Calibrate)
{
    public const string Usage =
        "./epm forecast --train T.csv[.gz] --future F.csv[.gz] [--exog X.csv[.gz]] --season 7 [--threads 1] --out O.csv [--timings] [--methods ets,theta] [--uncalibrated]";

    public static Arguments Read(IReadOnlyList<string> words)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "--timings" or "--uncalibrated":
                    told[words[i]] = "";
                    break;
                case "--train" or "--future" or "--exog" or "--season" or "--threads" or "--out" or "--methods" when i + 1 < words.Count:
                    told[words[i]] = words[++i];
                    break;
                default:
                    throw new BadInputException($"'{words[i]}' is not understood or lacks a value.\n{Usage}");
            }
        }
        return new Arguments(
            Needed(told, "--train"), Needed(told, "--future"), told.GetValueOrDefault("--exog"), Number(told, "--season", 1), Number(told, "--threads", Environment.ProcessorCount),
            Needed(told, "--out"), told.ContainsKey("--timings"),
            told.TryGetValue("--methods", out var methods) ? methods.Split(',').ToHashSet(StringComparer.Ordinal)
                : null, !told.ContainsKey("--uncalibrated"));
    }

    private static string Needed(Dictionary<string, string> told, string name) =>
        told.GetValueOrDefault(name) ?? throw new BadInputException($"{name} is missing.\n{Usage}");

    private static int Number(Dictionary<string, string> told, string name, int otherwise) =>
        !told.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000 ? number
        : throw new BadInputException($"{name} takes a whole number from 1 to 1000, not '{text}'.");
}

/// <summary>What was given cannot be used; the message says where and what to do. Ends with exit code 2.</summary>
internal sealed class BadInputException(string message) : Exception(message);
