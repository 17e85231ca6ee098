using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Host;

/// <summary>Whether this host should get traffic: the database answers, its schema is the build's own, and no shutdown is under way.</summary>
internal sealed class Readiness(Database database, Migrator migrator, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await CountAsync(patience.Token) >= migrator.Known;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<long> CountAsync(CancellationToken ct)
    {
        await using var connection = await Database.OpenAsync(database.Loops, ct);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM platform.migration", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}

internal static class Health
{
    // Answered before any other middleware: liveness depends on nothing but the process.
    public static void MapHealth(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.Path == "/health/live")
            await http.Response.WriteAsJsonAsync(new { status = "live" });
        else if (http.Request.Path == "/health/ready")
            await AnswerReadinessAsync(http);
        else
            await next(http);
    });

    private static async Task AnswerReadinessAsync(HttpContext http)
    {
        var ready = await http.RequestServices.GetRequiredService<Readiness>().IsReadyAsync(http.RequestAborted);
        http.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await http.Response.WriteAsJsonAsync(new { status = ready ? "ready" : "not ready" });
    }
}
