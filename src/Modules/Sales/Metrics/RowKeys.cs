using System.Globalization;

namespace EPM.Sales.Metrics;

/// <summary>The keys of one row, in the order the dimensions were asked.</summary>
internal readonly struct RowKey(string[] parts) : IEquatable<RowKey>
{
    public string[] Parts { get; } = parts;

    public string Text { get; } = string.Join('\u001f', parts);

    public bool Equals(RowKey other) => Text == other.Text;

    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);
}

/// <summary>Makes row keys of what the database groups by: store numbers, days and items.</summary>
/// <param name="exactDays">True when days are moved before they are put into months.</param>
internal sealed class RowKeys(IReadOnlyList<string> by, Selection selection, bool exactDays)
{
    public static readonly IReadOnlyList<string> Dimensions = ["day", "week", "month", "year", "weekday", "region", "store", "category", "product", "hour"];

    private static readonly string[] Times = ["day", "week", "month", "year", "weekday"];

    private readonly Dictionary<string, string> _categories = selection.Categories.ToDictionary(c => c.No.ToString(CultureInfo.InvariantCulture), c => c.Code, StringComparer.Ordinal);
    private readonly int _storeAt = by.ToList().IndexOf("store");

    public bool NeedsStores { get; } = by.Any(dimension => dimension is "store" or "region");

    /// <summary>Single days matter, so months will not do.</summary>
    public bool NeedsDays { get; } = by.Any(dimension => dimension is "day" or "week" or "weekday" || (exactDays && Times.Contains(dimension)));

    public string DayExpression => !by.Any(Times.Contains) ? "NULL::date" : NeedsDays ? "r.day" : "date_trunc('month', r.day)::date";

    public bool Has(string dimension) => by.Contains(dimension, StringComparer.Ordinal);

    public string StoreOf(RowKey key) => key.Parts[_storeAt];

    /// <param name="day">The day it is counted at.</param>
    /// <param name="own">The day it was: a weekday stays what it is.</param>
    public RowKey Of(int storeNo, DateOnly? day, DateOnly? own, string? item) => new([.. by.Select(dimension => dimension switch
    {
        "store" => selection.Map.ByNo[storeNo].Code,
        "region" => selection.Map.ByNo[storeNo].RegionCode,
        "category" => _categories[item!],
        "product" or "hour" => item!,
        "week" => Iso(Monday(day!.Value)),
        "month" => day!.Value.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "year" => day!.Value.ToString("yyyy", CultureInfo.InvariantCulture),
        "weekday" => ((((int)own!.Value.DayOfWeek + 6) % 7) + 1).ToString(CultureInfo.InvariantCulture),
        _ => Iso(day!.Value),
    })]);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
