using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageKeys)]
internal sealed record ListApiKeys : IQuery<KeysView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ListApiKeys(), ct));
}

internal sealed class ListApiKeysHandler(TenancyDbContext context, TimeProvider time) : IRequestHandler<ListApiKeys, KeysView>
{
    public async Task<KeysView> Handle(ListApiKeys request, CancellationToken cancellationToken)
    {
        var keys = await context.ApiKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).ThenBy(key => key.KeyId).ToListAsync(cancellationToken);
        return new KeysView([.. keys.Select(key => KeyView.Of(key, time.GetUtcNow()))]);
    }
}
