using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EPM.TestKit;

/// <summary>Directories that tests write to; removed when the run ends.</summary>
internal static class Scratch
{
    private static readonly ConcurrentBag<string> Made = [];

    static Scratch() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAll();

    public static string NewDirectory(string what)
    {
        var path = Path.Combine(Path.GetTempPath(), $"epm-{what}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}");
        Directory.CreateDirectory(path);
        Made.Add(path);
        return path;
    }

    private static void RemoveAll()
    {
        while (Made.TryTake(out var directory))
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
    }
}
