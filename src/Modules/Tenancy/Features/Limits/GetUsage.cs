using EPM.Platform.Limits;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageSettings)]
[Reads]
internal sealed record GetUsage : IDirect<UsageView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new GetUsage(), ct));
}

/// <param name="RequestsLastMinute">Of all people and keys of the chain together.</param>
internal sealed record UsageView(long RequestsLastMinute, LimitsView Limits, StorageUse Storage);

internal sealed class GetUsageHandler(RateLimits rates, TenantLimits limits, TenantSession session, IEnumerable<ITenantStorage> stores) : IRequestHandler<GetUsage, UsageView>
{
    public async Task<UsageView> Handle(GetUsage request, CancellationToken cancellationToken)
    {
        var total = new StorageUse(0, 0);
        foreach (var store in stores)
        {
            var use = await store.MeasureAsync(cancellationToken);
            total = new StorageUse(total.Lines + use.Lines, total.Bytes + use.Bytes);
        }
        return new UsageView(rates.LastMinute(session.TenantId), LimitsView.Of(await limits.OfAsync(session, cancellationToken), limits), total);
    }
}
