using EPM.Platform.Persistence;

namespace EPM.Sales.Imports.Applying;

/// <summary>Sale prices of the catalogue in ten-thousandths: what a line costs when its file names no price.</summary>
internal sealed class ProductPrices(Dictionary<int, long> byProduct)
{
    public static readonly ProductPrices None = new([]);

    /// <returns>The price, or zero for a product that has none: its units are measured, its revenue is not.</returns>
    public long Of(int productNo) => byProduct.GetValueOrDefault(productNo);

    public static async Task<ProductPrices> LoadAsync(TenantSession session, CancellationToken ct)
    {
        await using var select = session.Command("SELECT product_no, sale_price FROM sales.product WHERE sale_price IS NOT NULL");
        await using var reader = await select.ExecuteReaderAsync(ct);
        var prices = new Dictionary<int, long>();
        while (await reader.ReadAsync(ct))
            prices.Add(reader.GetInt32(0), Amount.FromDecimal(reader.GetDecimal(1)));
        return new ProductPrices(prices);
    }
}
