using EPM.Platform.Idempotency;
using EPM.Platform.Persistence;
using MediatR;

namespace EPM.Platform.Mediation;

/// <summary>
/// Gives commands one write transaction and queries one READ ONLY transaction, both bound to the tenant. A request whose idempotency
/// key was answered before gets that answer, and nothing is done.
/// </summary>
public sealed class TransactionBehavior<TRequest, TResponse>(TenantSession session, KeyedRequest keyed) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly bool Writes = typeof(ICommand<TResponse>).IsAssignableFrom(typeof(TRequest));
    private static readonly bool Reads = typeof(IQuery<TResponse>).IsAssignableFrom(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (keyed.IsSet)
            session.Guard = keyed;
        try
        {
            if (!Writes && !Reads)
                return await next();
            return await session.RunAsync(Reads, async () =>
            {
                var response = await next();
                if (Writes)
                    return await session.CommitAsync(response, cancellationToken);
                await session.CommitAsync(cancellationToken);
                return response;
            }, cancellationToken);
        }
        catch (AnsweredBefore before)
        {
            await session.RollbackAsync();
            return before.As<TResponse>();
        }
    }
}
