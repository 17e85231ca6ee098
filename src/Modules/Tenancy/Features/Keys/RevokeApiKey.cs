using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageKeys)]
internal sealed record RevokeApiKey(string Id) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(string id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RevokeApiKey(id), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class RevokeApiKeyHandler(
    TenancyDbContext context, TenantSession unit, CurrentTenant tenant, KeyCallers keys, AuditTrail trail, TimeProvider time) : IRequestHandler<RevokeApiKey, Unit>
{
    public async Task<Unit> Handle(RevokeApiKey request, CancellationToken cancellationToken)
    {
        var key = await context.ApiKeys.SingleOrDefaultAsync(one => one.KeyId == request.Id, cancellationToken) ?? throw new NotFound();
        if (key.RevokedAt is not null)
            return Unit.Value;
        key.Revoke(time.GetUtcNow());
        await context.SaveChangesAsync(cancellationToken);
        unit.AfterCommit(() => keys.Forget(tenant.Id, key.KeyId));
        trail.Record("api-key.revoked", $"api-key/{key.KeyId}", before: new { key.Name });
        return Unit.Value;
    }
}
