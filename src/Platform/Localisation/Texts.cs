using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace EPM.Platform.Localisation;

/// <summary>
/// The product's sentences by language and code, from every assembly's embedded <c>Texts/fr.json</c> and <c>Texts/en.json</c>.
/// A placeholder is written <c>{name}</c>.
/// </summary>
public sealed class Texts
{
    public static readonly IReadOnlyList<string> Languages = ["fr", "en"];

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _byLanguage;

    public Texts(IEnumerable<Assembly> assemblies)
    {
        var sources = assemblies.ToArray();
        _byLanguage = Languages.ToFrozenDictionary(language => language, language => Load(sources, language), StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Codes(string language) => _byLanguage[language].Keys;

    /// <returns>The sentence, or the code itself when it has none: a test keeps that from happening.</returns>
    public string Say(string language, string code, IReadOnlyDictionary<string, object>? args = null)
    {
        var text = _byLanguage[Known(language)].GetValueOrDefault(code, code);
        if (args is null)
            return text;
        foreach (var (name, value) in args)
            text = text.Replace("{" + name + "}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return text;
    }

    /// <summary>First language of an Accept-Language header that the product speaks; French otherwise.</summary>
    public static string FromHeader(string? acceptLanguage)
    {
        foreach (var part in (acceptLanguage ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var language = part.Split('-', ';')[0].ToLowerInvariant();
            if (Languages.Contains(language))
                return language;
        }
        return Languages[0];
    }

    private static string Known(string language) => Languages.Contains(language) ? language : Languages[0];

    private static FrozenDictionary<string, string> Load(Assembly[] assemblies, string language)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assembly in assemblies)
        {
            var name = assembly.GetManifestResourceNames().FirstOrDefault(n => n.EndsWith($"Texts.{language}.json", StringComparison.Ordinal));
            if (name is null)
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (code, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                all.Add(code, text);
        }
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
