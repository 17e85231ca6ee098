using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Http;
using EPM.Benchmarks.Running;
using Npgsql;

namespace EPM.Benchmarks.Figures;

/// <summary>Puts one question to one site, timing each way and holding every answer against the generator's sums.</summary>
internal sealed class Asking(Loaded loaded, Question question, Numbers numbers, DuckDb? duck) : IDisposable
{
    // Half a unit of the currency: answers are told in whole ones.
    private const decimal Rounding = 0.5m;

    private readonly KeptConnection _connection = new(loaded.Site.Host.Port);
    private readonly decimal _expected = question.Expected(loaded.Sums);
    private double _cpu;

    public List<double> Api { get; } = [];

    public List<double> ByHand { get; } = [];

    public List<double> Duck { get; } = [];

    public long Bytes { get; private set; }

    public double CpuMicroseconds => _cpu * 1e6 / Api.Count;

    /// <summary>The API with nothing cached: its data version has just been raised.</summary>
    public async Task AskApiAsync(int times)
    {
        var request = await loaded.Site.RequestAsync(question.Path);
        var cpu = ProcessFigures.CpuSeconds(loaded.Site.Host.Pid);
        for (var i = 0; i < times; i++)
        {
            while (true)
            {
                var version = await loaded.Site.RaiseVersionAsync();
                // The host hears of it by a message that takes its own way.
                await Task.Delay(4);
                var (milliseconds, told) = Ask(request);
                if (told < version)
                    continue;
                Api.Add(milliseconds);
                break;
            }
        }
        _cpu += ProcessFigures.CpuSeconds(loaded.Site.Host.Pid) - cpu;
    }

    public async Task AskByHandAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var from = Stopwatch.GetTimestamp();
            await using var connection = await loaded.Site.App.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection);
            question.Fill(batch, loaded.Site.Tenant, numbers);
            var revenue = await RowsByHand.ReadAsync(batch);
            ByHand.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            Check("by hand", revenue / 10_000m, 0);
        }
    }

    public void AskDuck()
    {
        if (duck is null)
            return;
        var answer = duck.Ask(question.DuckStatements);
        Duck.Add(answer.Milliseconds);
        var revenue = answer.Rows.Where(row => !row.TryGetProperty("ours", out var ours) || ours.GetBoolean())
            .Sum(row => decimal.Parse(row.GetProperty("revenue").GetString()!, CultureInfo.InvariantCulture));
        Check("DuckDB", revenue, 0);
    }

    public void Forget()
    {
        Api.Clear();
        ByHand.Clear();
        Duck.Clear();
        _cpu = 0;
    }

    public void Dispose() => _connection.Dispose();

    private (double Milliseconds, long Version) Ask(byte[] request)
    {
        var from = Stopwatch.GetTimestamp();
        var answer = _connection.Send(request);
        var milliseconds = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        if (answer.Status != 200)
            throw new ImpossibleException($"{question.Path} was answered {answer.Status}");
        Bytes = answer.Body.Length;
        using var body = JsonDocument.Parse(answer.Body.ToArray());
        var revenue = question.IsDashboard
            ? body.RootElement.GetProperty("cards")[0].GetProperty("value")
            : body.RootElement.GetProperty("totals").GetProperty("values").GetProperty("revenue");
        Check("the API", revenue.GetDecimal(), Rounding);
        return (milliseconds, body.RootElement.GetProperty("version").GetInt64());
    }

    private void Check(string who, decimal told, decimal rounding)
    {
        if (Math.Abs(told - _expected) > rounding)
            throw new ImpossibleException($"{question.Name}: {who} tells {told}, and the lines hold {_expected}");
    }
}
