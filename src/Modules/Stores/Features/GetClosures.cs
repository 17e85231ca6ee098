using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Stores.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Features;

/// <summary>Days without business, both ends included.</summary>
internal sealed record ClosureView(DateOnly From, DateOnly To, string Reason);

internal sealed record ClosureList(IReadOnlyList<ClosureView> Items);

[Needs(Permissions.ViewStores)]
internal sealed record GetClosures(string Code) : IQuery<ClosureList>
{
    public static async Task<Ok<ClosureList>> Endpoint(string code, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetClosures(code), ct));
}

internal sealed class GetClosuresHandler(StoresDbContext db, VisibleStores stores) : IRequestHandler<GetClosures, ClosureList>
{
    public async Task<ClosureList> Handle(GetClosures request, CancellationToken cancellationToken)
    {
        var store = await stores.FindAsync(request.Code, cancellationToken);
        return new ClosureList(await db.Closures.Where(closure => closure.StoreNo == store.StoreNo).OrderBy(closure => closure.FromDay)
            .Select(closure => new ClosureView(closure.FromDay, closure.ToDay, closure.Reason)).ToListAsync(cancellationToken));
    }
}
