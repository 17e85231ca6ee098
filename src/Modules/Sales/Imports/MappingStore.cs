using System.Text.Json;
using EPM.Platform.Http;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Imports;

/// <summary>The mappings a tenant may name: the built-in ones and its own.</summary>
internal sealed class MappingStore(TenantSession session)
{
    /// <summary>Finds a mapping in a round trip of its own.</summary>
    /// <exception cref="NotFound">There is none of that name for the kind.</exception>
    public async Task<Mapping> FindAsync(string kind, string name, CancellationToken ct) =>
        (await ListAsync(kind, ct)).FirstOrDefault(mapping => mapping.Name == name) ?? throw new NotFound("import_mapping_unknown");

    public async Task<IReadOnlyList<Mapping>> ListAsync(string kind, CancellationToken ct)
    {
        var own = await session.ReadAsync("SELECT definition FROM sales.import_mapping WHERE tenant_id = $1 AND kind = $2 ORDER BY name",
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<string> { TypedValue = kind }],
            async reader =>
            {
                var mappings = new List<Mapping>();
                while (await reader.ReadAsync(ct))
                    mappings.Add(JsonSerializer.Deserialize<Mapping>(reader.GetString(0), JsonSerializerOptions.Web)!);
                return mappings;
            }, ct);
        return [.. BuiltInMappings.All.Where(mapping => mapping.Kind == kind), .. own];
    }
}
