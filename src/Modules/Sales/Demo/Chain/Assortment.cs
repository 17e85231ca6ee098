using System.Globalization;

namespace EPM.Sales.Demo;

/// <summary>A category of the chain's tree.</summary>
internal sealed record DemoCategory(string Code, string Name, string? Parent);

/// <summary>A category that holds products, and how it sells.</summary>
/// <param name="Lines">Its share of sale lines, relative to the others'.</param>
/// <param name="Margin">Of the price without tax; products earn one to seven points more.</param>
/// <param name="Weighed">Sold by weight: quantities in steps of 50 g.</param>
/// <param name="Traits">The other traits by name, in per cent; <c>season</c> by <see cref="Seasons"/>.</param>
internal sealed record DemoLeaf(
    int Index, string Code, string Prefix, double Lines, decimal TaxRate, double Margin, bool Weighed, string Season, IReadOnlyDictionary<string, int> Traits)
{
    /// <summary>Its products, as a range of <see cref="Assortment.Products"/>.</summary>
    public int First { get; set; }

    public int Count { get; set; }

    /// <returns>What an event multiplies its lines by at its height.</returns>
    public double Effect(string trait) => Traits.TryGetValue(trait, out var percent) ? percent / 100.0 : 1;
}

/// <param name="Price">In francs with tax, when the price lists begin.</param>
internal sealed record DemoProduct(int Index, string Sku, string Name, DemoLeaf Leaf, int Price);

/// <summary>What the chain sells, read from the text beside this file: headings are categories, lines are <c>what: varieties: size price, …</c>.</summary>
internal sealed class Assortment
{
    private static readonly Lazy<Assortment> Read = new(() => new Assortment());

    private readonly List<DemoCategory> _categories = [];
    private readonly List<DemoLeaf> _leaves = [];
    private readonly List<DemoProduct> _products = [];

    private Assortment()
    {
        using var resource = typeof(Assortment).Assembly.GetManifestResourceStream("EPM.Sales.Demo.assortment.txt")!;
        using var text = new StreamReader(resource);
        var path = new Stack<string>();
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                Heading(line, path);
            else
                Products(line);
        }
    }

    public static Assortment Whole => Read.Value;

    /// <summary>Every category, parents first.</summary>
    public IReadOnlyList<DemoCategory> Categories => _categories;

    public IReadOnlyList<DemoLeaf> Leaves => _leaves;

    public IReadOnlyList<DemoProduct> All => _products;

    private void Heading(string line, Stack<string> path)
    {
        var depth = line.IndexOf(' ', StringComparison.Ordinal);
        var parts = line[depth..].Split('|', StringSplitOptions.TrimEntries);
        var (code, name) = (parts[0].Split(' ')[0], parts[0][(parts[0].IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        while (path.Count >= depth)
            path.Pop();
        _categories.Add(new DemoCategory(code, name, path.TryPeek(out var parent) ? parent : null));
        path.Push(code);
        if (parts.Length > 1)
            Leaf(code, parts[1].Split(' '));
    }

    private void Leaf(string code, string[] words)
    {
        var traits = new Dictionary<string, int>(StringComparer.Ordinal);
        var (prefix, season, weighed) = ("", "", false);
        for (var i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "sku":
                    prefix = words[++i];
                    break;
                case "season":
                    season = words[++i];
                    break;
                case "weighed":
                    weighed = true;
                    break;
                default:
                    traits.Add(words[i], int.Parse(words[++i], CultureInfo.InvariantCulture));
                    break;
            }
        }
        _leaves.Add(new DemoLeaf(_leaves.Count, code, prefix, traits["lines"], traits["tax"] / 100m, traits["margin"] / 100.0, weighed, season, traits) { First = _products.Count });
    }

    private void Products(string line)
    {
        var leaf = _leaves[^1];
        var parts = line.Split(':', StringSplitOptions.TrimEntries);
        var varieties = parts.Length > 2 ? parts[1].Split(", ") : [""];
        foreach (var variety in varieties)
        {
            // A decimal comma has no space behind it.
            foreach (var size in parts[^1].Split(", "))
            {
                var cut = size.LastIndexOf(' ');
                var name = string.Join(' ', new[] { parts[0], variety, leaf.Weighed ? "" : size[..cut] }.Where(word => word.Length > 0));
                leaf.Count++;
                _products.Add(new DemoProduct(_products.Count, $"{leaf.Prefix}{leaf.Count:000}", name, leaf, int.Parse(size[(cut + 1)..], CultureInfo.InvariantCulture)));
            }
        }
    }
}
