using EPM.Platform.Imports;
using EPM.Platform.Persistence;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Imports;

/// <summary>Monthly objectives by store and month.</summary>
internal sealed class ObjectivesImport : IImportKind
{
    public string Name => "objectives";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new("store", Required: true, "magasin", "codemagasin", "storecode", "code"),
        new("month", Required: true, "mois", "periode", "period"),
        new("revenue", Required: true, "objectif", "ca", "montant", "caobjectif", "objective", "target"),
    ];

    public async Task<IReadOnlyList<RowOutcome>> ApplyAsync(TenantSession session, IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        await using var db = new StoresDbContext(session);
        var codes = rows.Select(row => row.Text("store")).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var stores = await db.Stores.Where(store => codes.Contains(store.Code))
            .ToDictionaryAsync(store => store.Code, store => store.StoreNo, StringComparer.Ordinal, ct);
        var numbers = stores.Values.ToArray();
        var known = await db.Objectives.Where(row => numbers.Contains(row.StoreNo)).ToDictionaryAsync(row => (row.StoreNo, row.Month), ct);
        var outcomes = rows.Select(row => Apply(db, stores, known, row)).ToArray();
        if (await db.SaveChangesAsync(ct) > 0)
            session.FiguresChange();
        return outcomes;
    }

    private static RowOutcome Apply(StoresDbContext db, Dictionary<string, int> stores, Dictionary<(int, DateOnly), Objective> known, ImportRow row)
    {
        var errors = new List<RowError>();
        var code = row.Required("store", Contracts.StoreCode.MostCharacters, errors);
        if (errors.Count == 0 && !stores.ContainsKey(code))
            errors.Add(new RowError("store", "objective_store_unknown", code));
        var month = row.Month("month", errors);
        if (row.Text("month") is null)
            errors.Add(new RowError("month", "import_required", ""));
        var revenue = row.Number("revenue", errors);
        if (row.Text("revenue") is null)
            errors.Add(new RowError("revenue", "import_required", ""));
        if (revenue is < 0 or > Objective.Most)
            errors.Add(new RowError("revenue", "objective_range", row.Text("revenue")!));
        if (errors.Count > 0)
            return RowOutcome.Rejected(errors);
        var key = (stores[code], month!.Value);
        if (!known.TryGetValue(key, out var objective))
        {
            objective = new Objective { StoreNo = key.Item1, Month = key.Item2, Revenue = revenue!.Value };
            known.Add(key, objective);
            db.Objectives.Add(objective);
            return RowOutcome.Added;
        }
        if (objective.Revenue == revenue)
            return RowOutcome.Unchanged;
        objective.Revenue = revenue!.Value;
        return RowOutcome.Updated;
    }
}
