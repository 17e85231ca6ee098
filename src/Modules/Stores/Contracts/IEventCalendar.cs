namespace EPM.Stores.Contracts;

/// <summary>Answers what is particular about the days of the current tenant. Kept in process per data version; only what is committed is in it.</summary>
public interface IEventCalendar
{
    /// <returns>The calendar of the current tenant at its current data version, of any year.</returns>
    ValueTask<EventMap> AllAsync(CancellationToken ct);
}
