using EPM.Platform.Persistence;

namespace EPM.Forecast.Domain;

/// <summary>What a day of a cell is to be learnt from as, in place of what was sold. What was sold stays what it is.</summary>
internal sealed class Correction : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required int StoreNo { get; init; }

    public required int ProductNo { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Its name for those who change or take it back.</summary>
    public required Guid CorrectionId { get; init; }

    /// <summary>In ten-thousandths; null to learn nothing from the day.</summary>
    public long? Corrected { get; set; }

    public required string Reason { get; set; }

    public string? Note { get; set; }

    public required string CreatedByName { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Names of why a day is corrected.</summary>
internal static class CorrectionReasons
{
    public const string StockOut = "stock_out";
    public const string Outlier = "outlier";
    public const string Event = "event";
    public const string Manual = "manual";

    public static readonly IReadOnlyList<string> All = [StockOut, Outlier, Event, Manual];
}
