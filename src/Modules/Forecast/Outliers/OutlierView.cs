using EPM.Forecast.Domain;
using EPM.Platform.Localisation;
using EPM.Platform.Security;

namespace EPM.Forecast.Outliers;

internal sealed record OutlierPlace(string Code, string Name);

internal sealed record ExpectedUnits(double P10, double P50, double P90);

/// <param name="Score">How far off it is, in widths of what is usual.</param>
/// <param name="Reason">One of spike, drop, stock_out, level_shift.</param>
/// <param name="Sentence">The same in words, in the caller's language.</param>
/// <param name="State">One of open, corrected, kept, event.</param>
internal sealed record OutlierView(
    Guid Id, string Sku, string Name, OutlierPlace Store, DateOnly Date, double Units, ExpectedUnits Expected, double Score, string Reason, string Sentence, string State);

internal sealed record OutlierPage(IReadOnlyList<OutlierView> Items, int Total);

/// <summary>Says an outlier in one sentence.</summary>
internal sealed class OutlierSentences(Texts texts, CurrentCaller caller)
{
    public string Of(Outlier found, string product, string store)
    {
        var language = caller.Value.Language;
        return texts.Say(language, "outlier." + found.Reason, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["product"] = product,
            ["store"] = store,
            ["day"] = PlannerText.Day(found.Day, language),
            ["units"] = PlannerText.Number(found.Units, language),
            ["expected"] = PlannerText.Number(found.P50, language),
            ["low"] = PlannerText.Number(found.P10, language),
            ["high"] = PlannerText.Number(found.P90, language),
        });
    }
}
