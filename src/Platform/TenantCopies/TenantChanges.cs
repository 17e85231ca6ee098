using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.TenantCopies;

/// <summary>Tells every host that a chain is not what it was: restored to another state, or gone.</summary>
internal static class TenantChanges
{
    public const string Channel = "epm_tenant";

    /// <summary>Heard when the session's transaction commits.</summary>
    public static async Task TellAsync(TenantSession session, string slug, CancellationToken ct)
    {
        await using var tell = session.Command("SELECT pg_notify($1, $2)");
        tell.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
        tell.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slug });
        await tell.ExecuteNonQueryAsync(ct);
    }
}
