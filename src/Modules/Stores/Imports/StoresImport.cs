using EPM.Platform.Imports;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Imports;

/// <summary>Stores by code. An empty field leaves what a known store has, and takes the tenant's own for a new one.</summary>
internal sealed class StoresImport(CurrentTenant tenant, TimeProvider time, IEnumerable<IStoreUsage> usages) : IImportKind
{
    private static readonly StoreDetailsValidator Validator = new();

    public string Name => "stores";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new("code", Required: true, "magasin", "codemagasin", "store", "storecode", "storeid"),
        new("name", Required: false, "nom", "libelle", "nommagasin", "storename"),
        new("region", Required: false, "coderegion", "regioncode"),
        new("region_name", Required: false, "nomregion", "libelleregion"),
        new("country", Required: false, "pays", "codepays"),
        new("currency", Required: false, "devise", "monnaie"),
        new("surface", Required: false, "surfacem2", "surfacevente", "area"),
        new("opened_on", Required: false, "ouverture", "dateouverture", "ouvertle", "openingdate", "opened"),
        new("closed_on", Required: false, "fermeture", "datefermeture", "fermele", "closingdate", "closed"),
        new("time_zone", Required: false, "fuseau", "fuseauhoraire", "timezone"),
    ];

    public async Task<IReadOnlyList<RowOutcome>> ApplyAsync(TenantSession session, IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        await using var db = new StoresDbContext(session);
        // Also keeps two files that open the same store from doing so at once.
        var number = await StoreNumbers.TakeAsync(session, ct);
        var codes = rows.Select(row => row.Text("code")).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var batch = new Batch(session, db,
            await db.Stores.Where(store => codes.Contains(store.Code)).ToDictionaryAsync(store => store.Code, StringComparer.Ordinal, ct),
            await db.Regions.ToDictionaryAsync(region => region.RegionCode, StringComparer.Ordinal, ct))
        { NextNumber = number };
        var outcomes = new List<RowOutcome>(rows.Count);
        foreach (var row in rows)
            outcomes.Add(await ApplyAsync(batch, row, ct));
        await db.SaveChangesAsync(ct);
        if (outcomes.Exists(outcome => outcome.State is RowState.Added or RowState.Updated))
            session.FiguresChange();
        return outcomes;
    }

    private async Task<RowOutcome> ApplyAsync(Batch batch, ImportRow row, CancellationToken ct)
    {
        var errors = new List<RowError>();
        var code = row.Required("code", StoreCode.MostCharacters, errors);
        if (errors.Count == 0 && !StoreCode.IsValid(code))
            errors.Add(new RowError("code", "code_format", code));
        var known = batch.Stores.GetValueOrDefault(code);
        var details = Read(row, code, known?.Details, errors);
        errors.AddRange(StoreErrors.In(Validator.Validate(details), errors));
        if (errors.Count == 0 && known is not null && known.TimeZone != details.TimeZone && await usages.AnyHasSalesAsync(batch.Session, known.StoreNo, ct))
            errors.Add(new RowError("time_zone", "store_time_zone_fixed", details.TimeZone));
        if (errors.Count > 0)
            return RowOutcome.Rejected(errors);
        var renamed = await batch.PlaceAsync(details.Region, row.Text("region_name"), ct);
        if (known is null)
        {
            batch.Open(code, details);
            return RowOutcome.Added;
        }
        if (known.Details == details)
            return renamed ? RowOutcome.Updated : RowOutcome.Unchanged;
        known.Change(details);
        return RowOutcome.Updated;
    }

    private StoreDetails Read(ImportRow row, string code, StoreDetails? known, List<RowError> errors)
    {
        var zone = row.Text("time_zone") ?? known?.TimeZone ?? tenant.Info.TimeZone;
        return new StoreDetails(
            row.Text("name") ?? known?.Name ?? code,
            row.Text("region") ?? known?.Region ?? StoreOpening.DefaultRegion,
            row.Text("country")?.ToUpperInvariant() ?? known?.Country ?? tenant.Info.Country,
            row.Text("currency")?.ToUpperInvariant() ?? known?.Currency ?? tenant.Info.Currency,
            row.Number("surface", errors) ?? known?.Surface,
            row.Day("opened_on", errors) ?? known?.OpenedOn ?? BusinessDay.Today(time, tenant.Info.TimeZone),
            row.Day("closed_on", errors) ?? known?.ClosedOn,
            zone);
    }

    private sealed class Batch(TenantSession session, StoresDbContext db, Dictionary<string, Store> stores, Dictionary<string, Region> regions)
    {
        public TenantSession Session => session;

        public Dictionary<string, Store> Stores => stores;

        public required int NextNumber { get; set; }

        public void Open(string code, StoreDetails details)
        {
            var store = Store.Open(NextNumber++, code, details);
            stores.Add(code, store);
            db.Stores.Add(store);
        }

        /// <summary>Makes the region when a row is the first to name it: saved at once, since stores refer to it.</summary>
        /// <returns>Whether a known region got another name.</returns>
        public async Task<bool> PlaceAsync(string code, string? name, CancellationToken ct)
        {
            if (!regions.TryGetValue(code, out var region))
            {
                region = new Region { RegionCode = code, Name = name ?? code };
                regions.Add(code, region);
                db.Regions.Add(region);
                await db.SaveChangesAsync(ct);
                return false;
            }
            if (name is null || name == region.Name)
                return false;
            region.Name = name;
            return true;
        }
    }
}
