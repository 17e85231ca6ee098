using Npgsql;

namespace EPM.Platform.Persistence;

internal static class ConnectionWatch
{
    /// <summary>Hears what the server says on a connection that is kept for that, or for a lock, until the connection is lost.</summary>
    /// <exception cref="NpgsqlException">It was lost.</exception>
    public static async Task UntilLostAsync(this NpgsqlConnection connection, CancellationToken ct)
    {
        while (true)
        {
            // A silent peer is only found out by asking.
            if (!await connection.WaitAsync(TimeSpan.FromSeconds(5), ct))
            {
                await using var ask = new NpgsqlCommand("SELECT 1", connection);
                await ask.ExecuteNonQueryAsync(ct);
            }
        }
    }
}
