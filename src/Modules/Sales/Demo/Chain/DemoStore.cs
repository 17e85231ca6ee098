namespace EPM.Sales.Demo;

/// <summary>A store of the chain and its character.</summary>
/// <param name="Tickets">Tickets of an ordinary day in the year of reference.</param>
/// <param name="Growth">Of tickets, a year.</param>
/// <param name="Christmas">How much of the year's end is felt: 1 for all of it.</param>
/// <param name="Magal">How much of the pilgrimage to Touba is felt.</param>
/// <param name="Ambition">Objective over expected revenue.</param>
internal sealed record DemoStore(
    int Index, string Code, string Name, string Region, string Country, int Surface, DateOnly OpenedOn,
    double Tickets, double Growth, double Christmas, double Magal, double Ambition)
{
    public string TimeZone => Country == "CI" ? "Africa/Abidjan" : DemoPlan.TimeZone;
}

/// <summary>The chain: three regions in two countries, twelve stores.</summary>
internal static class DemoStores
{
    public const string Name = "Teranga Marchés";

    /// <summary>Region and store that the demonstration's managers are in charge of.</summary>
    public const string ManagedRegion = "dakar";
    public const string ManagedStore = "dakar-medina";

    public const string OpenedLate = "yopougon";
    public const string UnderWorks = "kaolack";
    public const string Pilgrims = "touba";

    public static readonly IReadOnlyDictionary<string, string> Regions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dakar"] = "Dakar",
        ["interieur-senegal"] = "Intérieur du Sénégal",
        ["abidjan"] = "Abidjan",
    };

    public static IReadOnlyList<DemoStore> Of(DemoPlan plan) =>
    [
        new(0, "dakar-plateau", "Dakar-Plateau", "dakar", "SN", 920, new(2014, 5, 12), 38, 0.02, 0.7, 0.08, 1.01),
        new(1, "dakar-medina", "Dakar-Médina", "dakar", "SN", 640, new(2012, 3, 5), 34.5, 0.035, 0.5, 0.12, 0.99),
        new(2, "pikine", "Pikine", "dakar", "SN", 710, new(2016, 10, 3), 32, 0.06, 0.4, 0.15, 0.98),
        new(3, "rufisque", "Rufisque", "dakar", "SN", 480, new(2019, 6, 17), 23.5, 0.04, 0.4, 0.12, 1.03),
        new(4, "thies", "Thiès", "interieur-senegal", "SN", 660, new(2015, 2, 9), 27, 0.03, 0.4, 0.15, 1.00),
        new(5, "mbour", "Mbour", "interieur-senegal", "SN", 520, new(2018, 11, 19), 22.5, 0.07, 0.6, 0.1, 0.98),
        new(6, "kaolack", "Kaolack", "interieur-senegal", "SN", 540, new(2017, 4, 24), 22.5, 0.01, 0.3, 0.15, 1.04),
        new(7, "saint-louis", "Saint-Louis", "interieur-senegal", "SN", 500, new(2016, 1, 18), 21.5, -0.025, 0.5, 0.1, 1.05),
        new(8, "touba", "Touba", "interieur-senegal", "SN", 600, new(2020, 9, 14), 26, 0.08, 0.1, 1, 0.97),
        new(9, "abidjan-plateau", "Abidjan-Plateau", "abidjan", "CI", 980, new(2017, 9, 11), 35, 0.03, 1, 0, 1.02),
        new(10, "cocody", "Cocody", "abidjan", "CI", 860, new(2018, 6, 4), 32.5, 0.05, 1, 0, 0.99),
        new(11, "yopougon", "Yopougon", "abidjan", "CI", 750, plan.Opening, 27, 0.12, 1, 0, 1.00),
    ];
}
