using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Public("whoever holds a session may end it, also when its access token has expired")]
internal sealed record SignOut(string? RefreshToken) : IDirect<Unit>
{
    public static async Task<IResult> Endpoint(IMediator mediator, HttpContext http, CancellationToken ct)
    {
        await mediator.Send(new SignOut(RefreshCookie.Read(http.Request)), ct);
        RefreshCookie.Clear(http.Response);
        return TypedResults.NoContent();
    }
}

internal sealed class SignOutHandler(CurrentTenant tenant, CurrentCaller caller, TenantSession unit, Sessions sessions) : IRequestHandler<SignOut, Unit>
{
    public async Task<Unit> Handle(SignOut request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        if (request.RefreshToken is null && !caller.IsSet)
            return Unit.Value;
        await unit.BeginAsync(readOnly: false, cancellationToken);
        if (request.RefreshToken is not null)
            await sessions.EndOfAsync(request.RefreshToken, cancellationToken);
        if (caller.IsSet)
            await sessions.EndAsync(caller.Value.SessionId, "signed-out", cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
