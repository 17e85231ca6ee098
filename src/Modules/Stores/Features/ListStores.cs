using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Stores.Features;

internal sealed record StoreList(IReadOnlyList<StoreView> Items);

[Needs(Permissions.ViewStores)]
[Reads]
internal sealed record ListStores : IDirect<StoreList>
{
    public static async Task<Ok<StoreList>> Endpoint(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListStores(), ct));
}

internal sealed class ListStoresHandler(IStoreDirectory directory, CurrentCaller caller) : IRequestHandler<ListStores, StoreList>
{
    public async Task<StoreList> Handle(ListStores request, CancellationToken cancellationToken)
    {
        var stores = await directory.AllAsync(cancellationToken);
        return new StoreList([.. stores.VisibleTo(caller.Value.Scope).Select(StoreView.Of)]);
    }
}
