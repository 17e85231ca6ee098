using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

/// <summary>For whoever has lost both the telephone and the recovery codes: an administrator takes the second factor away.</summary>
[Needs(Permissions.ManageUsers)]
internal sealed record ResetTwoFactor(Guid Id) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ResetTwoFactor(id), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class ResetTwoFactorHandler(TenantSession unit, TenancyDbContext context, TwoFactor twoFactor, Callers callers, AuditTrail audit) : IRequestHandler<ResetTwoFactor, Unit>
{
    public async Task<Unit> Handle(ResetTwoFactor request, CancellationToken cancellationToken)
    {
        var person = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.UserId == request.Id, cancellationToken) ?? throw new NotFound();
        var wasOn = await twoFactor.RemoveAsync(person.UserId, cancellationToken);
        audit.Record("two-factor.reset", $"user/{person.Email}", new { on = wasOn }, new { on = false });
        unit.AfterCommit(() => callers.ForgetUser(person.TenantId, person.UserId));
        return Unit.Value;
    }
}
