using EPM.Platform.Http;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;

namespace EPM.Tenancy.Passwords;

/// <summary>Whose password a link is for.</summary>
internal sealed record LinkedPerson(Guid UserId, string Name, string Email, string Language);

internal sealed class PasswordLinks(TenantSession unit, EpmSettings settings, TimeProvider time)
{
    /// <exception cref="NotFound">The link opens nothing, or not any more: used, replaced, expired, or its person may not be here.</exception>
    public async Task<LinkedPerson> FindAsync(string token, CancellationToken ct)
    {
        var hash = LinkToken.HashOf(token) ?? throw Gone();
        await using var find = unit.Command("""
            SELECT u.user_id, u.name, u.email, u.language FROM tenancy.password_link l
            JOIN tenancy.app_user u ON u.tenant_id = l.tenant_id AND u.user_id = l.user_id
            JOIN tenancy.tenant t ON t.tenant_id = l.tenant_id
            WHERE l.token_hash = $1 AND l.expires_at > $2 AND u.active AND (NOT t.demo OR $3)
            """);
        await using var reader = await find.With(hash).With(time.GetUtcNow()).With(settings.Development).ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new LinkedPerson(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3))
            : throw Gone();
    }

    /// <summary>Of several at once one uses it up; the others find it gone.</summary>
    /// <exception cref="NotFound">Somebody was faster.</exception>
    public async Task UseUpAsync(string token, CancellationToken ct)
    {
        await using var use = unit.Command("DELETE FROM tenancy.password_link WHERE token_hash = $1 AND expires_at > $2");
        if (await use.With(LinkToken.HashOf(token)!).With(time.GetUtcNow()).ExecuteNonQueryAsync(ct) == 0)
            throw Gone();
    }

    private static NotFound Gone() => new("password_link_gone");
}
