namespace EPM.Sales.Demo;

/// <summary>How many of a product people take at once, in thousandths.</summary>
internal static class Quantities
{
    private static readonly int[] Cheap = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6];
    private static readonly int[] Usual = [1, 1, 1, 1, 1, 1, 2, 2, 2, 3];
    private static readonly int[] Dear = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2];

    // Grams, in steps of 50.
    private static readonly int[] Light = [250, 300, 400, 500, 500, 750, 1000, 1000, 1250, 1500, 2000, 3000];
    private static readonly int[] Heavy = [250, 350, 500, 500, 650, 800, 1000, 1000, 1200, 1500];

    public static int Draw(DemoProduct product, ref Dice dice)
    {
        var choices = Of(product);
        var drawn = choices[dice.Below(choices.Length)];
        return product.Leaf.Weighed ? drawn : drawn * 1000;
    }

    public static double Mean(DemoProduct product) => Of(product).Average() * (product.Leaf.Weighed ? 0.001 : 1);

    private static int[] Of(DemoProduct product) => (product.Leaf.Weighed, product.Price) switch
    {
        (true, < 2_000) => Light,
        (true, _) => Heavy,
        (_, < 500) => Cheap,
        (_, < 4_000) => Usual,
        _ => Dear,
    };
}
