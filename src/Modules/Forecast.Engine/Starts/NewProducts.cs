namespace EPM.Forecast.Engine.Starts;

/// <summary>What a new product's forecast was made of.</summary>
public enum StartKind
{
    LikeItem,
    ShareOfCategory,
}

/// <summary>The forecast of a product with little history of its own, and how it came about.</summary>
/// <param name="Ratio">What is expected of the product for each unit of what it follows.</param>
/// <param name="Told">The part of the ratio that its own sales tell, 0 (all by what was said in advance) to below 1.</param>
/// <param name="Own">The weight of the product's own forecast, 0 (young) to 1 (it follows nothing any more).</param>
public sealed record Started(Prediction Prediction, StartKind Kind, double Ratio, double Told, double Own);

/// <summary>
/// Forecasts new products: they follow another product or their category at a ratio that is said in advance and corrected by what they sell
/// themselves (a gamma prior on the ratio worth some days of sales), and go over to a forecast of their own as history grows. What they follow
/// brings trend, season and events; the spread is that of a part of it (chance takes a larger share), widened while the ratio is uncertain.
/// </summary>
public static class NewProducts
{
    /// <summary>Steps of own history up to which the own forecast has no weight, and from which on it has all.</summary>
    public const int OwnFrom = 14, OwnAlone = 84;

    /// <summary>Like another product (of the same store, or of all stores together), times a multiplier.</summary>
    /// <param name="like">The other product's forecast.</param>
    /// <param name="own">What the new product sold, step by step since it was there; NaN where not known; may be empty.</param>
    /// <param name="likeThen">What the other sold in those same steps.</param>
    /// <param name="multiplier">What is expected of the new one for each unit of the other, above 0.</param>
    /// <param name="ownForecast">The engine's forecast of its own history, when there is one.</param>
    /// <exception cref="ArgumentException">Different lengths, a multiplier that is not above 0.</exception>
    public static Started Like(Prediction like, ReadOnlySpan<double> own, ReadOnlySpan<double> likeThen, double multiplier = 1, Prediction? ownForecast = null) =>
        Following.Of(new Following(StartKind.LikeItem, Worth: 14, Uncertain: 0.4), like, own, likeThen, multiplier, ownForecast);

    /// <summary>A share of the category in that store. The same as <see cref="Like"/>, but known less well.</summary>
    /// <param name="share">What is expected of it of the category, above 0: <see cref="UsualShare"/> where nobody says better.</param>
    public static Started ShareOf(Prediction category, ReadOnlySpan<double> own, ReadOnlySpan<double> categoryThen, double share, Prediction? ownForecast = null) =>
        Following.Of(new Following(StartKind.ShareOfCategory, Worth: 7, Uncertain: 0.7), category, own, categoryThen, share, ownForecast);

    /// <summary>The share that a category's middle product has.</summary>
    /// <param name="sold">What each product of the category sold over the same time.</param>
    /// <returns>0 where nothing was sold.</returns>
    public static double UsualShare(ReadOnlySpan<double> sold)
    {
        var (positive, count, sum) = (new double[sold.Length], 0, 0.0);
        foreach (var units in sold)
        {
            if (units > 0)
                (positive[count++], sum) = (units, sum + units);
        }
        Array.Sort(positive, 0, count);
        return count == 0 ? 0 : Kernels.Quantiles.Of(positive.AsSpan(0, count), 0.5) / sum;
    }
}
