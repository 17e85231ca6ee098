using EPM.Platform.Imports;
using EPM.Platform.Persistence;
using EPM.Sales.Imports.Applying;
using EPM.Sales.Imports.Reading;

namespace EPM.Sales.Imports.Running;

/// <summary>Runs the kinds whose rows a module applies itself, a thousand at a time.</summary>
internal sealed class SmallImport(Database database, IImportKind kind) : IImportRun
{
    private const int BatchSize = 1_000;

    public async Task RunAsync(ImportRecord import, IImportTransactions transactions, CancellationToken ct)
    {
        await using var file = new StoredFile(database, transactions.TenantId, import.Id);
        using var text = new StreamReader(file, TextEncodings.Of(import.Layout.Encoding), detectEncodingFromByteOrderMarks: true, 1 << 16);
        var records = RecordReader.Open(text, import.Layout);
        if (import.Layout.Format == Layout.Csv)
            records.Next();
        while (NextRows(records, import) is { Count: > 0 } rows)
        {
            await transactions.StepAsync(async session =>
            {
                var outcomes = await kind.ApplyAsync(session, [.. rows.Select(row => row.Row)], ct);
                return StepOf(rows, outcomes, file.Position);
            }, ct);
        }
    }

    private static List<(ImportRow Row, string Raw)> NextRows(RecordReader records, ImportRecord import)
    {
        var rows = new List<(ImportRow, string)>();
        while (rows.Count < BatchSize && records.Next())
        {
            if (records.Line <= import.LastLine)
                continue;
            var fields = new Dictionary<string, string>(import.Layout.Constants, StringComparer.Ordinal);
            foreach (var (column, index) in import.Layout.Columns)
                fields[column] = records.Field(index).ToString();
            rows.Add((new ImportRow((int)records.Line, fields, import.Layout.FieldFormat), records.Raw.ToString()));
        }
        return rows;
    }

    private static ImportStep StepOf(List<(ImportRow Row, string Raw)> rows, IReadOnlyList<RowOutcome> outcomes, long bytes)
    {
        var step = new ImportStep { LastLine = rows[^1].Row.Line, Read = rows.Count, DoneBytes = bytes };
        for (var i = 0; i < rows.Count; i++)
        {
            switch (outcomes[i].State)
            {
                case RowState.Added:
                    step.Added++;
                    break;
                case RowState.Updated:
                    step.Updated++;
                    break;
                case RowState.Unchanged:
                    step.Unchanged++;
                    break;
                default:
                    step.Rejected.Add(new RejectedLine(rows[i].Row.Line, rows[i].Raw, outcomes[i].Errors));
                    break;
            }
        }
        return step;
    }
}
