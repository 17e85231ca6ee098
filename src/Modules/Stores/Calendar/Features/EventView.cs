using EPM.Platform.Localisation;
using EPM.Platform.Security;
using EPM.Stores.Contracts;

namespace EPM.Stores.Calendar;

/// <param name="Kind"><c>moving</c>, <c>fixed</c> or <c>own</c>.</param>
/// <param name="Country">Null for all countries of the chain.</param>
/// <param name="Lead">Days before the first on which trade feels it already.</param>
/// <param name="Lag">Days after the last on which trade still feels it.</param>
/// <param name="State"><c>proposed</c>, <c>confirmed</c> or <c>moved</c>.</param>
/// <param name="Source">What its days were found by: <c>moon</c>, <c>easter</c>, <c>calendar</c>, <c>habit</c>; <c>own</c>.</param>
/// <param name="Proposed">First day as computed.</param>
/// <param name="Stores">Codes of the only stores concerned; null for all.</param>
internal sealed record EventView(
    string Id, string Code, string Name, string Kind, string? Country, DateOnly From, DateOnly To, int Lead, int Lag, string State, string Source,
    DateOnly Proposed, IReadOnlyList<string>? Stores);

internal sealed record EventList(IReadOnlyList<EventView> Items);

/// <summary>Tells occurrences in the caller's language, and of stores only those they see.</summary>
internal sealed class EventViews(IStoreDirectory directory, CurrentCaller caller, Texts texts)
{
    /// <returns>What concerns at least one store of the caller.</returns>
    public async Task<IReadOnlyList<EventView>> OfAsync(IEnumerable<EventOccurrence> occurrences, CancellationToken ct)
    {
        var visible = (await directory.AllAsync(ct)).VisibleTo(caller.Value.Scope);
        return [.. occurrences.Select(one => Of(one, visible)).Where(view => view.Stores is not [])];
    }

    public async Task<EventView> OfAsync(EventOccurrence one, CancellationToken ct) => Of(one, (await directory.AllAsync(ct)).VisibleTo(caller.Value.Scope));

    private EventView Of(EventOccurrence one, IReadOnlyList<StoreSummary> visible) => new(
        one.Id, one.Code, one.NameIn(texts, caller.Value.Language), Word(one.Kind.ToString()), one.Country, one.From, one.To, one.Lead, one.Lag, Word(one.State.ToString()),
        one.Kind == EventKind.Own ? "own" : Feasts.ByCode[one.Code].Source, one.Proposed,
        one.Stores is null ? null : [.. visible.Where(store => one.Stores.Contains(store.StoreNo)).Select(store => store.Code)]);

    private static string Word(string name) => name.ToLowerInvariant();
}
