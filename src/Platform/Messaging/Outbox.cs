using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;

namespace EPM.Platform.Messaging;

/// <summary>Tells other modules what has happened.</summary>
public interface IOutbox
{
    /// <summary>Tells a fact in the request's own unit of work, between its begin and its commit: both are kept, or neither.</summary>
    void Tell<T>(T fact)
        where T : IFact;
}

internal sealed class Outbox(TenantSession session, CurrentTenant tenant, Ids ids, Reactions reactions, Deliveries deliveries) : IOutbox
{
    public void Tell<T>(T fact)
        where T : IFact
    {
        if (reactions.To(Reactions.KindOf(typeof(T))).Count > 0)
            session.AtCommit(() => new FactsAtCommit(tenant.Info, ids, deliveries)).Add(fact);
    }
}
