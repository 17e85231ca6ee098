using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Stores.Features;

/// <param name="Stores">How many of its stores the caller sees.</param>
internal sealed record RegionView(string Code, string Name, int Stores);

internal sealed record RegionList(IReadOnlyList<RegionView> Items);

[Needs(Permissions.ViewStores)]
[Reads]
internal sealed record ListRegions : IDirect<RegionList>
{
    public static async Task<Ok<RegionList>> Endpoint(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListRegions(), ct));
}

internal sealed class ListRegionsHandler(IStoreDirectory directory, CurrentCaller caller) : IRequestHandler<ListRegions, RegionList>
{
    public async Task<RegionList> Handle(ListRegions request, CancellationToken cancellationToken)
    {
        var scope = caller.Value.Scope;
        var map = await directory.AllAsync(cancellationToken);
        var counts = map.VisibleTo(scope).CountBy(store => store.RegionCode, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return new RegionList([.. map.Regions
            .Where(region => counts.ContainsKey(region.Code) || RegionScope.Sees(scope, region.Code))
            .Select(region => new RegionView(region.Code, region.Name, counts.GetValueOrDefault(region.Code)))]);
    }
}
