using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Public("the refresh token is the credential")]
internal sealed record RefreshSession(string? Token) : IDirect<SignedIn>
{
    public static async Task<IResult> Endpoint(IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var signedIn = await mediator.Send(new RefreshSession(RefreshCookie.Read(http.Request)), ct);
        RefreshCookie.Write(http.Response, signedIn.RefreshToken);
        return TypedResults.Ok(signedIn.View);
    }
}

internal sealed class RefreshSessionHandler(CurrentTenant tenant, TenantSession unit, Sessions sessions, Callers callers, AccessTokens tokens)
    : IRequestHandler<RefreshSession, SignedIn>
{
    public async Task<SignedIn> Handle(RefreshSession request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        var opened = request.Token is null ? null : await RotateAsync(request.Token, cancellationToken);
        if (opened is null || await callers.FindAsync(unit, opened.Session, cancellationToken) is not { } caller)
            throw new NotSignedIn("session_ended");
        var access = await tokens.IssueAsync(tenant.Id, caller.UserId, opened.Session, cancellationToken);
        return new SignedIn(new SessionView(access, (int)AccessTokens.Lifetime.TotalSeconds, UserView.Of(caller)), opened.RefreshToken);
    }

    // Commits either way: a session that a reused token ends must stay ended.
    private async Task<OpenSession?> RotateAsync(string token, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        var opened = await sessions.RotateAsync(token, ct);
        await unit.CommitAsync(ct);
        return opened;
    }
}
