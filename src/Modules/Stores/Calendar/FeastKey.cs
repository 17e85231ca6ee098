using System.Globalization;

namespace EPM.Stores.Calendar;

/// <summary>Names one occurrence of a feast, whatever the chain has made of its days.</summary>
/// <param name="Country">Null where all countries share it.</param>
internal readonly record struct FeastKey(string Code, string? Country, DateOnly Base)
{
    private const string Everywhere = "all";
    private const string Form = "yyyyMMdd";

    /// <summary>As it stands in addresses: <c>tabaski.SN.20260527</c>.</summary>
    public override string ToString() => $"{Code}.{Country ?? Everywhere}.{Base.ToString(Form, CultureInfo.InvariantCulture)}";

    public static bool TryRead(string id, out FeastKey key)
    {
        var parts = id.Split('.');
        if (parts.Length == 3 && DateOnly.TryParseExact(parts[2], Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            key = new FeastKey(parts[0], parts[1] == Everywhere ? null : parts[1], day);
            return true;
        }
        key = default;
        return false;
    }
}
