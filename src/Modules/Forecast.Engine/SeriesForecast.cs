namespace EPM.Forecast.Engine;

/// <summary>Why a series has the forecast it has.</summary>
public enum Standing
{
    /// <summary>Chosen by backtests.</summary>
    Tested,

    /// <summary>Too short for backtests: what does well for the other series is used.</summary>
    Short,

    /// <summary>Nothing was ever sold, or always the same.</summary>
    Constant,
}

/// <summary>A forecast of one series with its grounds.</summary>
/// <param name="Trials">What would have been said at earlier moments, and what came; empty where the history is too short.</param>
/// <param name="Score">Null without trials.</param>
public sealed record SeriesForecast(
    string Id, Standing Standing, Prediction Prediction, double[] Naive, Recipe Recipe, Score? Score, IReadOnlyList<Trial> Trials, Explanation Explanation);

/// <summary>What was learnt of a series by backtests, to be used again without them. Serialisable.</summary>
/// <param name="Below">By how much the spread below the median is widened.</param>
/// <param name="Above">By how much the spread above the median is widened.</param>
/// <param name="Lift">The factor of the means: what methods that think in quantiles miss of rare days.</param>
public sealed record Recipe(IReadOnlyList<Ingredient> Methods, double Below, double Above, double Lift = 1);

/// <param name="Method">Name in the catalogue.</param>
/// <param name="Model">What the method chose, for people to read.</param>
/// <param name="Weight">Above 0; all of a recipe's sum to 1.</param>
public sealed record Ingredient(string Method, string Model, double Weight);

/// <summary>
/// How good the forecasts of the backtests were. WAPE: Σ|y − p50| / Σ|y|. Bias: Σ(mean − y) / Σ|y|. MASE: mean |y − p50| over the mean
/// change from season to season of the history. Coverage: the share of what came that lay between P10 and P90. Of WAPE and bias NaN where nothing was sold.
/// </summary>
/// <param name="Methods">Each method alone, with the naive line (<c>naive</c>).</param>
public sealed record Score(double Wape, double Bias, double Mase, double Coverage, double NaiveWape, double NaiveMase, IReadOnlyList<MethodScore> Methods);

public sealed record MethodScore(string Method, double Wape, double Bias, double Mase, double Coverage, double Weight);

/// <summary>One origin of a backtest.</summary>
/// <param name="Back">Steps between the origin's first forecast step and the end of the history.</param>
/// <param name="Came">What came, one value a step.</param>
/// <param name="Naive">What the naive line said.</param>
public sealed record Trial(int Back, double[] Came, Prediction Said, double[] Naive);

/// <summary>The mean of each step in parts that add up to it: base, and what each of these moves it by.</summary>
/// <param name="Level">What is sold now on an ordinary day.</param>
/// <param name="Trend">Growth since then.</param>
/// <param name="Season">Day of the week, time of the year.</param>
/// <param name="Other">Columns without a meaning of their own, and opening.</param>
public sealed record Explanation(double[] Level, double[] Trend, double[] Season, double[] Event, double[] Price, double[] Promotion, double[] Other);
