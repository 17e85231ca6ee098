using System.Diagnostics;
using System.Text.Json;

namespace EPM.Benchmarks.Running;

/// <summary>What DuckDB answered, and how long it took by its own process's clock.</summary>
internal sealed record DuckAnswer(double Milliseconds, IReadOnlyList<JsonElement> Rows);

/// <summary>DuckDB in a process of its own, asked line by line so that its turns can be taken between ours.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly Process _process;

    public DuckDb(string directory, string database)
    {
        _process = Process.Start(new ProcessStartInfo("node", [Path.Combine(directory, "query.mjs"), database])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <returns>Time of all statements together, and the rows of the first.</returns>
    public DuckAnswer Ask(params IReadOnlyList<string> sql)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(sql));
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("DuckDB ended.");
        var answer = JsonDocument.Parse(line).RootElement;
        return answer.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException($"DuckDB: {error}")
            : new DuckAnswer(answer.GetProperty("ms").GetDouble(), [.. answer.GetProperty("rows").EnumerateArray()]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            _process.Kill();
        _process.Dispose();
    }
}
