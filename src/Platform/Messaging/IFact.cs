using System.Text.Json.Serialization;

namespace EPM.Platform.Messaging;

/// <summary>
/// Something that happened, named in the past, declared in its module's Contracts. Kept as JSON until every reaction is done, so a
/// member may be added to it and none removed.
/// </summary>
public interface IFact
{
    /// <summary>What it is about, such as <c>store/ABJ01</c>: facts about the same are reacted to in the order they were committed in.</summary>
    [JsonIgnore]
    string About { get; }
}

/// <summary>What a module does about another's fact. Runs in a unit of work of its own, begun and committed by the dispatcher.</summary>
public interface IReaction<in TFact>
    where TFact : IFact
{
    /// <summary>
    /// Its effect on the database happens once. Anything else it does may happen again if the host dies before the commit, under the
    /// same <paramref name="factId"/>.
    /// </summary>
    Task ReactAsync(TFact fact, Guid factId, CancellationToken ct);
}
