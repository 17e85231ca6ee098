using EPM.Platform.Persistence;

namespace EPM.Forecast.Domain;

/// <summary>A day that does not look like the others, until somebody says what it is.</summary>
internal sealed class Outlier : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required Guid OutlierId { get; init; }

    public required int StoreNo { get; init; }

    public required int ProductNo { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>How many it lasts; 1 unless nothing was sold for several.</summary>
    public int Days { get; set; }

    public double Units { get; set; }

    public double P10 { get; set; }

    public double P50 { get; set; }

    public double P90 { get; set; }

    public double Score { get; set; }

    public required string Reason { get; set; }

    public required string State { get; set; }

    public required DateTimeOffset FoundAt { get; init; }

    public string? DecidedByName { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }
}

/// <summary>Names of what an outlier is taken for.</summary>
internal static class OutlierReasons
{
    public const string Spike = "spike";
    public const string Drop = "drop";
    public const string StockOut = "stock_out";
    public const string LevelShift = "level_shift";
}

/// <summary>Names of what became of an outlier.</summary>
internal static class OutlierStates
{
    public const string Open = "open";
    public const string Corrected = "corrected";
    public const string Kept = "kept";
    public const string Event = "event";

    public static readonly IReadOnlyList<string> All = [Open, Corrected, Kept, Event];
}
