using System.Globalization;
using EPM.Platform.Localisation;
using EPM.Platform.Security;

namespace EPM.Forecast.Answers;

/// <summary>Words and figures in the caller's language.</summary>
internal sealed class Words(Texts texts, CurrentCaller caller)
{
    private const double Whole = 100;

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public Texts Texts { get; } = texts;

    public string Language => caller.Value.Language;

    public string Say(string code, IReadOnlyDictionary<string, object>? args = null) => Texts.Say(Language, code, args);

    /// <summary>A method as planners know it; one that has no name of theirs keeps its own.</summary>
    public string Method(string method)
    {
        var code = "forecast.method." + method;
        var said = Say(code);
        return said == code ? method : said;
    }

    /// <summary>Units with as many digits as mean something.</summary>
    public string Units(double units) => units.ToString(Math.Abs(units) >= Whole ? "N0" : "#,0.#", Culture);

    public string Signed(double units) => (units < 0 ? "−" : "+") + Units(Math.Abs(units));

    public string Day(DateOnly day) => day.ToString("d MMMM", Culture);

    private CultureInfo Culture => Language == "en" ? English : French;
}
