using EPM.Platform.Persistence;

namespace EPM.Forecast.Domain;

/// <summary>
/// A change to a forecast, as one version of it stood. Never changed but to be ended: whoever asks later what was forecast, and by whom,
/// is told.
/// </summary>
internal sealed class Override : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required Guid OverrideId { get; init; }

    /// <summary>From 1; the last one is what stands.</summary>
    public required int Version { get; init; }

    public required string Level { get; init; }

    public int? ProductNo { get; init; }

    public int? CategoryNo { get; init; }

    public int? StoreNo { get; init; }

    public string? RegionCode { get; init; }

    public required DateOnly FromDay { get; init; }

    public required DateOnly ToDay { get; init; }

    /// <summary>As it was written.</summary>
    public required string Formula { get; init; }

    public required string Reason { get; init; }

    /// <summary>Last day on which it still counts; null for as long as its days are not past.</summary>
    public DateOnly? ExpiresOn { get; init; }

    public required Guid CreatedBy { get; init; }

    public required string CreatedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was forecast for all its days and cells when it was made, in ten-thousandths.</summary>
    public long BeforeUnits { get; set; }

    public long AfterUnits { get; set; }

    /// <summary>When it was withdrawn, or made way for the next version.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedByName { get; set; }

    public bool Withdrawn { get; set; }

    public int ScoredDays { get; set; }

    /// <summary>Σ|what came| over its scored days; the errors beside it are of the same days.</summary>
    public double ScoredActual { get; set; }

    public double ScoredStatistical { get; set; }

    public double ScoredOverridden { get; set; }

    public OverrideBreadth Breadth => Level switch
    {
        OverrideLevels.Group => OverrideBreadth.Group,
        OverrideLevels.Region => OverrideBreadth.Region,
        OverrideLevels.Store => OverrideBreadth.Store,
        OverrideLevels.Category => StoreNo is not null ? OverrideBreadth.CategoryInStore : RegionCode is not null ? OverrideBreadth.CategoryInRegion : OverrideBreadth.Category,
        _ => StoreNo is not null ? OverrideBreadth.ProductInStore : RegionCode is not null ? OverrideBreadth.ProductInRegion : OverrideBreadth.Product,
    };

    public string StateOn(DateOnly today) => Withdrawn ? OverrideStates.Withdrawn : ToDay < today || ExpiresOn < today ? OverrideStates.Expired : OverrideStates.Active;

    public void End(DateTimeOffset at, string by, bool withdrawn) => (EndedAt, EndedByName, Withdrawn) = (at, by, withdrawn);
}

/// <summary>Names of what an override may be on.</summary>
internal static class OverrideLevels
{
    public const string Product = "product";
    public const string Category = "category";
    public const string Store = "store";
    public const string Region = "region";
    public const string Group = "group";

    public static readonly IReadOnlyList<string> All = [Product, Category, Store, Region, Group];
}

/// <summary>Names of what has become of an override.</summary>
internal static class OverrideStates
{
    public const string Active = "active";
    public const string Expired = "expired";
    public const string Withdrawn = "withdrawn";
}
