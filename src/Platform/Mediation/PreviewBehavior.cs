using System.Reflection;
using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;

namespace EPM.Platform.Mediation;

/// <summary>
/// In a preview nothing changes. What is not declared to read is refused, so a use case that nobody thought of is refused too; and
/// what is declared to read cannot begin a write, in a preview or out of it. A public request uses nobody's rights.
/// </summary>
public sealed class PreviewBehavior<TRequest, TResponse>(CurrentCaller caller, TenantSession session) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly bool IsPublic = typeof(TRequest).GetCustomAttribute<PublicAttribute>() is not null;
    private static readonly bool Reads = typeof(IQuery<TResponse>).IsAssignableFrom(typeof(TRequest)) || typeof(TRequest).GetCustomAttribute<ReadsAttribute>() is not null;

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (Reads)
            session.OnlyReads = true;
        else if (!IsPublic && caller is { IsSet: true, Value.SeenBy: not null })
            throw new Forbidden("preview_read_only");
        return next();
    }
}
