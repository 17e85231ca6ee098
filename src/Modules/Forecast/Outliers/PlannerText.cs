using System.Globalization;

namespace EPM.Forecast.Outliers;

/// <summary>Quantities and days as people read them in a sentence.</summary>
internal static class PlannerText
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Whole units where there are many, a decimal where there are few.</summary>
    public static string Number(double units, string language) => units.ToString(Math.Abs(units) >= 10 ? "N0" : "#,0.#", Of(language));

    public static string Day(DateOnly day, string language) => day.ToString("d MMMM yyyy", Of(language));

    private static CultureInfo Of(string language) => language == "en" ? English : French;
}
