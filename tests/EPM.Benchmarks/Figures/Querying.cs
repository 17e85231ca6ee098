using EPM.Benchmarks.Data;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Figures;

/// <summary>Every question at every size, the ways of asking it taking turns.</summary>
internal sealed class Querying(Options options, Report report)
{
    private const int Rounds = 7;
    private const int TimesARound = 5;
    private const int WarmUp = 40;

    public async Task RunAsync(IReadOnlyList<Loaded> sites)
    {
        var ducks = new List<DuckDb?>();
        try
        {
            foreach (var site in sites)
                ducks.Add(await OpenDuckAsync(site));
            foreach (var question in Questions.All)
                await RunAsync(question, sites, ducks);
        }
        finally
        {
            foreach (var duck in ducks)
                duck?.Dispose();
        }
    }

    private async Task RunAsync(Question question, IReadOnlyList<Loaded> sites, List<DuckDb?> ducks)
    {
        var asked = new List<Asking>();
        for (var i = 0; i < sites.Count; i++)
            asked.Add(new Asking(sites[i], question, await sites[i].Site.NumbersAsync(), ducks[i]));
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var asking in asked)
            {
                // The first turn lets both runtimes compile what they will run.
                await asking.AskApiAsync(round < 0 ? WarmUp : TimesARound);
                await asking.AskByHandAsync(round < 0 ? WarmUp : TimesARound);
                asking.AskDuck();
            }
            if (round < 0)
                asked.ForEach(asking => asking.Forget());
        }
        for (var i = 0; i < asked.Count; i++)
            Tell(question, sites[i], asked[i]);
        if (asked.Count > 1)
            TellGrowth(question, sites, asked);
        asked.ForEach(asking => asking.Dispose());
    }

    private void Tell(Question question, Loaded site, Asking asked)
    {
        var (api, byHand) = (Spread.Of(asked.Api), Spread.Of(asked.ByHand));
        report.Add(new Figure($"{question.Name}, not cached, {site.Label}", "ms", api)
        {
            ReferenceName = "SQL by hand",
            Reference = byHand,
            Ratio = api.Median / byHand.Median,
            Bar = Bar.AtMost(1.5, "≤ 1.5 ×"),
            CpuMicroseconds = asked.CpuMicroseconds,
            Bytes = asked.Bytes,
        });
        if (asked.Duck.Count == 0)
            return;
        var duck = Spread.Of(asked.Duck);
        report.Add(new Figure($"the same against DuckDB over its own table of lines, {site.Label}", "ms", api)
        {
            ReferenceName = "DuckDB",
            Reference = duck,
            Ratio = duck.Median / api.Median,
            Bar = Bar.AtLeast(10, "≥ 10 × faster"),
        });
    }

    private void TellGrowth(Question question, IReadOnlyList<Loaded> sites, List<Asking> asked)
    {
        var (small, large) = (Spread.Of(asked[0].Api), Spread.Of(asked[^1].Api));
        report.Add(new Figure($"the same, {sites[^1].Label} against {sites[0].Label}", "ms", large)
        {
            ReferenceName = sites[0].Label,
            Reference = small,
            Ratio = large.Median / small.Median,
            Bar = question.GrowsWithLines ? null : Bar.AtMost(1.3, "≤ 1.3 ×"),
            Note = question.GrowsWithLines ? "more products sell on a day when more is sold" : null,
        });
    }

    private async Task<DuckDb?> OpenDuckAsync(Loaded site)
    {
        if (options.DuckDb is null)
            return null;
        Report.Say($"Loading {site.Label} into DuckDB");
        var products = Path.Combine(options.Scratch, "branches.csv");
        await File.WriteAllTextAsync(products, Shape.ProductBranches());
        var duck = new DuckDb(options.DuckDb, Path.Combine(options.Scratch, $"lines-{site.Lines}.duckdb"));
        var version = duck.Ask("SELECT version() AS version").Rows[0].GetProperty("version").GetString()!;
        report.About["DuckDB"] = $"{version}, 2 threads";
        duck.Ask(
            "SELECT 1",
            $"CREATE TABLE product AS SELECT * FROM read_csv('{products}', columns = {{sku: 'VARCHAR', leaf: 'VARCHAR', branch: 'VARCHAR', cost: 'DECIMAL(9,0)'}})",
            $"CREATE TABLE line AS SELECT * FROM read_csv('{site.Till}', header = true, columns = {{store: 'VARCHAR', ticket: 'VARCHAR', line: 'SMALLINT', sold_at: 'TIMESTAMP', sku: 'VARCHAR', "
            + "quantity: 'DECIMAL(9,3)', unit_price: 'DECIMAL(9,0)', discount: 'DECIMAL(9,0)', tax_rate: 'DECIMAL(4,2)', customer: 'VARCHAR'})",
            "CHECKPOINT");
        return duck;
    }
}
