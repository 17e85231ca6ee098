using System.Text.Json;
using System.Text.Json.Serialization;
using EPM.Forecast.Engine;

namespace EPM.Forecast.Stored;

/// <summary>How the engine's values are written down.</summary>
internal static class Kept
{
    /// <summary>Order of the stretches in <c>prediction.parts</c>.</summary>
    public const int Parts = 7;

    /// <summary>Order of the stretches of a trial: came, mean, naive, P10, P50, P90.</summary>
    public const int TrialStretches = 6;

    /// <summary>Indices of P10, P50 and P90 among the levels.</summary>
    public const int Low = 2;
    public const int Middle = 6;
    public const int High = 10;

    // Of what was never sold, WAPE is no number.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string TextOf(Recipe recipe) => JsonSerializer.Serialize(recipe, Json);

    public static Recipe RecipeOf(string text) => JsonSerializer.Deserialize<Recipe>(text, Json)!;

    public static string TextOf(Score score) => JsonSerializer.Serialize(score, Json);

    public static Score ScoreOf(string text) => JsonSerializer.Deserialize<Score>(text, Json)!;

    public static double[] PartsOf(Explanation explanation) =>
    [
        .. explanation.Level, .. explanation.Trend, .. explanation.Season, .. explanation.Event, .. explanation.Price, .. explanation.Promotion, .. explanation.Other,
    ];

    public static double[] TrialsOf(IReadOnlyList<Trial> trials, int horizon)
    {
        var all = new double[trials.Count * TrialStretches * horizon];
        for (var t = 0; t < trials.Count; t++)
        {
            var trial = trials[t];
            var to = all.AsSpan(t * TrialStretches * horizon);
            for (var i = 0; i < horizon; i++)
            {
                // A trial near the end may be shorter: what did not come is not known.
                var known = i < trial.Came.Length;
                to[i] = known ? trial.Came[i] : double.NaN;
                to[horizon + i] = known ? trial.Said.Mean[i] : double.NaN;
                to[(2 * horizon) + i] = known ? trial.Naive[i] : double.NaN;
                to[(3 * horizon) + i] = known ? trial.Said[i, Low] : double.NaN;
                to[(4 * horizon) + i] = known ? trial.Said[i, Middle] : double.NaN;
                to[(5 * horizon) + i] = known ? trial.Said[i, High] : double.NaN;
            }
        }
        return all;
    }
}
