using System.Diagnostics;
using Npgsql;

namespace EPM.Benchmarks.Running;

/// <summary>The reference of an import: the same rows, codes already resolved, copied into an identical table by the database's own tool.</summary>
internal sealed class DirectCopy(Options options, string admin)
{
    private const string Target = "bench.line (sold_at, store_no, product_no, line, tax_basis_points, ticket, customer, quantity, unit_price, discount)";
    private const string Form = "(FORMAT csv, FORCE_NOT_NULL (customer))";

    public string Name => options.Psql is null ? "text COPY through Npgsql (no psql here)" : @"psql \copy";

    /// <returns>Seconds.</returns>
    public async Task<double> RunAsync(string rows)
    {
        var clock = Stopwatch.StartNew();
        if (options.Psql is null)
            await ThroughDriverAsync(rows);
        else
            ThroughPsql(rows);
        return clock.Elapsed.TotalSeconds;
    }

    private void ThroughPsql(string rows)
    {
        var to = new NpgsqlConnectionStringBuilder(admin);
        var start = new ProcessStartInfo(options.Psql!, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", $@"\copy {Target} FROM '{rows}' WITH {Form}"])
        {
            Environment =
            {
                ["PGHOST"] = to.Host, ["PGPORT"] = to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["PGUSER"] = to.Username,
                ["PGPASSWORD"] = to.Password, ["PGDATABASE"] = to.Database,
            },
        };
        using var psql = Process.Start(start)!;
        psql.WaitForExit();
        if (psql.ExitCode != 0)
            throw new InvalidOperationException($"psql ended with {psql.ExitCode}");
    }

    private async Task ThroughDriverAsync(string rows)
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await using var copy = await connection.BeginTextImportAsync($"COPY {Target} FROM STDIN WITH {Form}");
        using var file = new StreamReader(rows, System.Text.Encoding.ASCII);
        var piece = new char[1 << 16];
        for (int read; (read = await file.ReadAsync(piece)) > 0;)
            await copy.WriteAsync(piece.AsMemory(0, read));
    }
}
