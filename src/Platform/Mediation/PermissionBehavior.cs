using System.Reflection;
using EPM.Platform.Http;
using EPM.Platform.Security;
using MediatR;

namespace EPM.Platform.Mediation;

/// <summary>Denies by default: the request type itself names the permission it needs.</summary>
public sealed class PermissionBehavior<TRequest, TResponse>(CurrentCaller caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly string? Needed = typeof(TRequest).GetCustomAttribute<NeedsAttribute>()?.Permission;
    private static readonly bool IsPublic = typeof(TRequest).GetCustomAttribute<PublicAttribute>() is not null;

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (IsPublic)
            return next();
        if (!caller.IsSet)
            throw new NotSignedIn();
        if (Needed is null || !Permissions.Allows(caller.Value, Needed))
            throw new Forbidden();
        if (Needed != Permissions.SignedIn && caller.Value.Barred is { } code)
            throw new Forbidden(code);
        return next();
    }
}
