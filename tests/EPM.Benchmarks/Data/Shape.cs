using System.Globalization;
using System.Text;

namespace EPM.Benchmarks.Data;

/// <summary>The chain that is measured: its size never changes, only how much each store sells.</summary>
internal static class Shape
{
    public const int Stores = 40;
    public const int Regions = 4;
    public const int Days = 365;
    public const int Products = 2_000;
    public const int Branches = 6;
    public const int LeavesOfABranch = 5;
    public const int Leaves = Branches * LeavesOfABranch;

    public static readonly DateOnly First = new(2025, 1, 1);

    public static readonly DateOnly Last = First.AddDays(Days - 1);

    public static string Told(long lines) => string.Create(CultureInfo.InvariantCulture,
        $"{lines:N0} lines, {Stores} stores, {Days} days, {Products:N0} products (skewed), {Branches + Leaves} categories in 2 levels, 3.2 lines a ticket, ordered by time");

    public static string StoreCode(int store) => $"S{store + 1:00}";

    public static string RegionCode(int store) => $"R{(store % Regions) + 1}";

    public static string Sku(int product) => $"P{product + 1:0000}";

    public static string Branch(int branch) => $"B{branch + 1}";

    public static string Leaf(int leaf) => $"B{(leaf / LeavesOfABranch) + 1}-{(leaf % LeavesOfABranch) + 1}";

    // Popular products stand first, so neighbours go to different leaves.
    public static int LeafOf(int product) => product % Leaves;

    public static int Price(int product) => 100 + (product * 7919 % 397 * 25);

    public static int Cost(int product) => Price(product) * 7 / 10;

    public static int TaxBasisPoints(int product) => product % 3 == 0 ? 0 : 1800;

    /// <summary>Sold by the kilogram.</summary>
    public static bool IsWeighed(int product) => product % 8 == 0;

    public static string StoresFile()
    {
        var file = new StringBuilder("code,name,region,region_name,country,currency,surface,opened_on,time_zone\n");
        for (var store = 0; store < Stores; store++)
            file.Append(CultureInfo.InvariantCulture, $"{StoreCode(store)},Magasin {store + 1},{RegionCode(store)},Region {(store % Regions) + 1},SN,XOF,{300 + (store * 20)},2020-01-01,Africa/Dakar\n");
        return file.ToString();
    }

    public static string ProductsFile()
    {
        var file = new StringBuilder("sku,name,category,purchase_price,sale_price,tax_rate\n");
        for (var product = 0; product < Products; product++)
            file.Append(CultureInfo.InvariantCulture, $"{Sku(product)},Article {product + 1},{Leaf(LeafOf(product))},{Cost(product)},{Price(product)},{(TaxBasisPoints(product) == 0 ? "0" : "0.18")}\n");
        return file.ToString();
    }

    /// <summary>What DuckDB joins lines with.</summary>
    public static string ProductBranches()
    {
        var file = new StringBuilder("sku,leaf,branch,cost\n");
        for (var product = 0; product < Products; product++)
            file.Append(CultureInfo.InvariantCulture, $"{Sku(product)},{Leaf(LeafOf(product))},{Branch(LeafOf(product) / LeavesOfABranch)},{Cost(product)}\n");
        return file.ToString();
    }
}
