using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <param name="LastSeenAt">As fine as refreshes are; null for somebody who never signed in. Previews of a person do not count.</param>
internal sealed record AccountFact(DateTimeOffset? LastSeenAt, bool TwoFactor, bool SingleSignOn)
{
    public static readonly AccountFact OfNewcomer = new(null, TwoFactor: false, SingleSignOn: false);
}

/// <summary>What sign-ins tell of people, for their list.</summary>
internal sealed class AccountFacts(TenantSession unit)
{
    public async Task<AccountFact> OfAsync(Guid user, CancellationToken ct) => (await ByPersonAsync(user, ct))[user];

    /// <param name="user">One person, or null for everybody.</param>
    public async Task<IReadOnlyDictionary<Guid, AccountFact>> ByPersonAsync(Guid? user, CancellationToken ct)
    {
        var facts = new Dictionary<Guid, AccountFact>();
        await using var find = unit.Command("""
            SELECT u.user_id, max(coalesce(s.last_seen_at, s.started_at)), bool_or(f.confirmed_at IS NOT NULL),
              EXISTS (SELECT FROM tenancy.external_identity i WHERE i.user_id = u.user_id) FROM tenancy.app_user u
            LEFT JOIN tenancy.session s ON s.tenant_id = u.tenant_id AND s.user_id = u.user_id AND s.seen_by IS NULL
            LEFT JOIN tenancy.two_factor f ON f.tenant_id = u.tenant_id AND f.user_id = u.user_id
            WHERE $1::uuid IS NULL OR u.user_id = $1 GROUP BY u.user_id
            """);
        await using var reader = await find.With(user).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            facts.Add(reader.GetGuid(0), new AccountFact(await reader.IsDBNullAsync(1, ct) ? null : reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2), reader.GetBoolean(3)));
        return facts;
    }
}
