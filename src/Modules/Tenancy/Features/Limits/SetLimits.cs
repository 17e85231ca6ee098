using EPM.Platform.Audit;
using EPM.Platform.Limits;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageSettings)]
internal sealed record SetLimits(int RequestsPerMinute, int UploadsAtOnce) : ICommand<LimitsView>
{
    public static async Task<IResult> Endpoint(SetLimits body, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(body, ct));
}

internal sealed class SetLimitsValidator : AbstractValidator<SetLimits>
{
    public SetLimitsValidator(TenantLimits limits)
    {
        RuleFor(asked => asked.RequestsPerMinute).InclusiveBetween(TenantLimits.FewestRequests, limits.MostRequests);
        RuleFor(asked => asked.UploadsAtOnce).InclusiveBetween(1, TenantLimits.MostUploads);
    }
}

internal sealed class SetLimitsHandler(TenantLimits limits, TenantSession unit, AuditTrail trail) : IRequestHandler<SetLimits, LimitsView>
{
    public async Task<LimitsView> Handle(SetLimits request, CancellationToken cancellationToken)
    {
        var before = await limits.OfAsync(unit, cancellationToken);
        var after = new Allowance(request.RequestsPerMinute, request.UploadsAtOnce);
        await using (var set = unit.Command("""
            INSERT INTO platform.tenant_limits (tenant_id, requests_per_minute, uploads_at_once) VALUES ($1, $2, $3)
            ON CONFLICT (tenant_id) DO UPDATE SET requests_per_minute = EXCLUDED.requests_per_minute, uploads_at_once = EXCLUDED.uploads_at_once
            """))
            await set.With(unit.TenantId).With(after.RequestsPerMinute).With(after.UploadsAtOnce).ExecuteNonQueryAsync(cancellationToken);
        var tenant = unit.TenantId;
        unit.AfterCommit(() => limits.Forget(tenant));
        trail.Record("limits.set", "limits", before, after);
        return LimitsView.Of(after, limits);
    }
}
