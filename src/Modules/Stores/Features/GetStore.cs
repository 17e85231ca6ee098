using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Stores.Features;

[Needs(Permissions.ViewStores)]
[Reads]
internal sealed record GetStore(string Code) : IDirect<StoreView>
{
    public static async Task<Ok<StoreView>> Endpoint(string code, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetStore(code), ct));
}

internal sealed class GetStoreHandler(IStoreDirectory directory, CurrentCaller caller) : IRequestHandler<GetStore, StoreView>
{
    public async Task<StoreView> Handle(GetStore request, CancellationToken cancellationToken)
    {
        var stores = await directory.AllAsync(cancellationToken);
        return stores.ByCode.GetValueOrDefault(request.Code) is { } store && StoreMap.Sees(caller.Value.Scope, store.Code, store.RegionCode)
            ? StoreView.Of(store)
            : throw new NotFound();
    }
}
