using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Stores.Persistence;

internal sealed class StoreOpening(CurrentTenant tenant, Texts texts, TimeProvider time) : IStoreOpening
{
    /// <summary>Region of stores that nobody has placed yet.</summary>
    public const string DefaultRegion = "sans-region";

    private const string Insert = """
        INSERT INTO stores.store (tenant_id, store_no, code, name, region_code, country, currency, opened_on, time_zone)
        SELECT $1, $2 + n::int - 1, code, name, $4, $5, $6, $7, $8 FROM unnest($3::text[], $9::text[]) WITH ORDINALITY AS missing (code, name, n)
        """;

    private const string Select = """
        SELECT s.store_no, s.code, s.name, r.region_code, r.name, s.country, s.currency, s.time_zone, s.opened_on, s.closed_on, s.surface
        FROM stores.store s JOIN stores.region r ON (r.tenant_id, r.region_code) = (s.tenant_id, s.region_code)
        WHERE s.code = ANY ($1) ORDER BY s.code
        """;

    public async Task<IReadOnlyList<StoreSummary>> OpenMissingAsync(
        TenantSession session, IReadOnlyList<UnknownStore> stores, DateOnly? openedOn, CancellationToken ct)
    {
        var names = stores.DistinctBy(store => store.Code, StringComparer.Ordinal).ToDictionary(store => store.Code, store => store.Name, StringComparer.Ordinal);
        var wanted = names.Keys.ToArray();
        var found = await FindAsync(session, wanted, ct);
        if (found.Count == wanted.Length)
            return found;
        var number = await StoreNumbers.TakeAsync(session, ct);
        found = await FindAsync(session, wanted, ct);
        var missing = wanted.Except(found.Select(store => store.Code), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length == 0)
            return found;
        await EnsureDefaultRegionAsync(session, ct);
        await InsertAsync(session, number, missing, [.. missing.Select(code => names[code])], openedOn ?? BusinessDay.Today(time, tenant.Info.TimeZone), ct);
        session.FiguresChange();
        return await FindAsync(session, wanted, ct);
    }

    private async Task EnsureDefaultRegionAsync(TenantSession session, CancellationToken ct)
    {
        await using var region = session.Command("INSERT INTO stores.region (tenant_id, region_code, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        region.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<string> { TypedValue = DefaultRegion },
            new NpgsqlParameter<string> { TypedValue = texts.Say(tenant.Info.Language, "region_unplaced") },
        });
        await region.ExecuteNonQueryAsync(ct);
    }

    private async Task InsertAsync(TenantSession session, int firstNumber, string[] codes, string[] names, DateOnly openedOn, CancellationToken ct)
    {
        await using var insert = session.Command(Insert);
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int> { TypedValue = firstNumber },
            new NpgsqlParameter<string[]> { TypedValue = codes }, new NpgsqlParameter<string> { TypedValue = DefaultRegion },
            new NpgsqlParameter<string> { TypedValue = tenant.Info.Country }, new NpgsqlParameter<string> { TypedValue = tenant.Info.Currency },
            new NpgsqlParameter<DateOnly> { TypedValue = openedOn }, new NpgsqlParameter<string> { TypedValue = tenant.Info.TimeZone },
            new NpgsqlParameter<string[]> { TypedValue = names },
        });
        await insert.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<StoreSummary>> FindAsync(TenantSession session, string[] codes, CancellationToken ct)
    {
        await using var select = session.Command(Select);
        select.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = codes });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var found = new List<StoreSummary>(codes.Length);
        while (await reader.ReadAsync(ct))
        {
            found.Add(new StoreSummary(
                reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.GetString(6), reader.GetString(7), reader.GetFieldValue<DateOnly>(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateOnly>(9),
                reader.IsDBNull(10) ? null : reader.GetDecimal(10)));
        }
        return found;
    }
}
