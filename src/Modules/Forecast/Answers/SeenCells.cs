using EPM.Sales.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>What is seen, as the numbers that tables hold.</summary>
internal static class SeenCells
{
    public static int[] StoreNos(this Seen seen) => [.. seen.Stores.Select(store => store.StoreNo)];

    /// <summary>Null when the whole assortment is seen.</summary>
    public static int[]? ProductNos(this Seen seen)
    {
        int[] numbers = [.. seen.Products.Select(product => product.ProductNo)];
        return numbers.Length == seen.Catalogue.All.Count ? null : numbers;
    }

    /// <summary>The products of a category and of those below it.</summary>
    public static int[] ProductsOf(this Seen seen, CategorySummary category) =>
        [.. seen.Catalogue.All.Where(product => seen.Catalogue.IsWithin(product, category.CategoryNo)).Select(product => product.ProductNo)];

    public static bool Sees(this Seen seen, int storeNo, int productNo) =>
        seen.Stores.Any(store => store.StoreNo == storeNo) && seen.Catalogue.ByNo.TryGetValue(productNo, out var product) && seen.Sees(product);
}
