using EPM.Platform.Limits;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageSettings)]
[Reads]
internal sealed record GetLimits : IDirect<LimitsView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new GetLimits(), ct));
}

/// <param name="RequestsPerMinute">Of each person and each key.</param>
/// <param name="MostRequestsPerMinute">The highest this deployment allows.</param>
internal sealed record LimitsView(int RequestsPerMinute, int UploadsAtOnce, int FewestRequestsPerMinute, int MostRequestsPerMinute, int MostUploadsAtOnce)
{
    public static LimitsView Of(Allowance now, TenantLimits limits) =>
        new(now.RequestsPerMinute, now.UploadsAtOnce, TenantLimits.FewestRequests, limits.MostRequests, TenantLimits.MostUploads);
}

internal sealed class GetLimitsHandler(TenantLimits limits, TenantSession session) : IRequestHandler<GetLimits, LimitsView>
{
    public async Task<LimitsView> Handle(GetLimits request, CancellationToken cancellationToken) =>
        LimitsView.Of(await limits.OfAsync(session, cancellationToken), limits);
}
