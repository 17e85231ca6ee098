using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

/// <summary>Passwords are the way in again. Who is bound to whom is kept: the same provider may come back.</summary>
[Needs(Permissions.ManageSettings)]
internal sealed record RemoveSignInProvider : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveSignInProvider(), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class RemoveSignInProviderHandler(TenantSession unit, SignInProviders providers, Callers callers, AuditTrail audit) : IRequestHandler<RemoveSignInProvider, Unit>
{
    public async Task<Unit> Handle(RemoveSignInProvider request, CancellationToken cancellationToken)
    {
        if (await providers.FindAsync(cancellationToken) is { } before)
        {
            await providers.RemoveAsync(cancellationToken);
            audit.Record("sign-in-provider.removed", "sign-in-provider/" + before.Label, SignInProviderView.Of(before));
            var tenant = unit.TenantId;
            unit.AfterCommit(() => callers.ForgetTenant(tenant));
        }
        return Unit.Value;
    }
}
