using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>Which failures of the database another try may cure.</summary>
internal static class Transience
{
    /// <summary>The unit of work had no effect, and the same again may well succeed.</summary>
    public static bool IsPassing(Exception failure) => Cause(failure) switch
    {
        PostgresException said => said.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.TooManyConnections,
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException lost => lost.IsTransient || lost.InnerException is IOException,
        _ => false,
    };

    /// <summary>The connection is gone, and with it most likely every other of its age.</summary>
    public static bool IsLoss(Exception failure) => Cause(failure) is not PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>The server said nothing in the time it was given; a refusal or a lost connection is an answer.</summary>
    public static bool IsSilence(Exception failure) => Cause(failure) is OperationCanceledException or TimeoutException or NpgsqlException { InnerException: TimeoutException };

    /// <summary>What Entity Framework wraps in its own words.</summary>
    public static Exception Cause(Exception failure) => failure switch
    {
        DbUpdateException { InnerException: NpgsqlException inner } => inner,
        InvalidOperationException { InnerException: { } inner } when inner is NpgsqlException or DbUpdateException => Cause(inner),
        _ => failure,
    };
}
