using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Forecast.Runs;

/// <summary>Decides whether a chain is due: at night by its own clock, or as soon as it has sold long enough to learn from and has no forecasts yet.</summary>
internal sealed class Night(CurrentTenant tenant, TenantSession session, ISalesHistory sales, TimeProvider time)
{
    /// <summary>By then tills have sent their day, and nobody looks at figures yet.</summary>
    private const int FromHour = 2;

    private const int UntilHour = 6;
    private const int EnoughDays = 28;

    // Its files come one after the other: what they bring is learnt from together.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(45);

    public static bool IsNight(TimeProvider time, string timeZone) =>
        TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(timeZone)).Hour is >= FromHour and < UntilHour;

    /// <returns>The kind of run that is due, or null.</returns>
    public async Task<string?> DueAsync(CancellationToken ct)
    {
        var before = await LastAsync(ct);
        // One under way sees to it; one that broke off long ago does not.
        if (before is { Pending: true } && before.CreatedAt > time.GetUtcNow().AddHours(-12))
            return null;
        if (before is null)
            return await MayBeginAsync(ct) ? RunKinds.Retrain : null;
        if (!IsNight(time, tenant.Info.TimeZone))
            return null;
        return before.LastNight is { } night && BusinessDay.Of(night, tenant.Info.TimeZone) == BusinessDay.Today(time, tenant.Info.TimeZone) ? null
            : (await sales.StandAsync(ct)).Stores.Count > 0 ? RunKinds.Refresh : null;
    }

    private async Task<bool> MayBeginAsync(CancellationToken ct)
    {
        var stand = await sales.StandAsync(ct);
        return stand.Stores.Values.Any(known => known.Last.DayNumber - known.First.DayNumber >= EnoughDays) && !stand.Importing
            && !(stand.ImportedAt + Settled > time.GetUtcNow());
    }

    private Task<RunsSoFar?> LastAsync(CancellationToken ct) => session.ReadAsync("""
        SELECT max(created_at), coalesce(bool_or(state IN ('queued', 'running')), false), max(created_at) FILTER (WHERE nightly) FROM forecast.run WHERE tenant_id = $1
        """, [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }], async reader => await reader.ReadAsync(ct) && !reader.IsDBNull(0)
            ? new RunsSoFar(reader.GetFieldValue<DateTimeOffset>(0), reader.GetBoolean(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2))
            : null, ct);

    private sealed record RunsSoFar(DateTimeOffset CreatedAt, bool Pending, DateTimeOffset? LastNight);
}
