using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Contracts;
using Npgsql;

namespace EPM.Sales.Catalogue;

internal sealed class CategoryScopeCodes(TenantSession session) : IScopeCodes
{
    public async ValueTask<IReadOnlyCollection<string>> UnknownAsync(DataScope scope, CancellationToken ct)
    {
        var asked = scope.Categories.Distinct(StringComparer.Ordinal).ToArray();
        if (asked.Length == 0)
            return [];
        var found = await session.ReadAsync("SELECT count(*) FROM sales.category WHERE code = ANY ($1)", [new NpgsqlParameter<string[]> { TypedValue = asked }],
            async reader => await reader.ReadAsync(ct) ? reader.GetInt64(0) : 0, ct);
        return found == asked.Length ? [] : [nameof(DataScope.Categories)];
    }
}
