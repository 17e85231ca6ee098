using System.Globalization;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Security;
using EPM.Sales.Catalogue;
using EPM.Sales.Imports;
using EPM.Sales.Imports.Applying;
using EPM.Sales.Imports.Reading;
using EPM.Stores.Contracts;
using EPM.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace EPM.Modules.Tests.Sales.Rollups;

/// <summary>Whatever is imported and corrected, the rollups kept step by step are those computed anew from the lines, cell by cell.</summary>
public sealed class RandomImportsTests(ITestOutputHelper output) : SalesTest
{
    private const int Imports = 25;
    private const int MostLines = 30;

    private static readonly Gen<Sale[]> Files =
        Gen.ArrayOf(
            from store in Gen.Elements("N1", "N2", "S1")
            from ticket in Gen.Choose(1, 6)
            from line in Gen.Choose(1, 4)
            from day in Gen.Choose(0, 40)
            from hour in Gen.Choose(-1, 23)
            from sku in Gen.Elements("P1", "P2", "P3")
            from quantity in Gen.Elements("1", "2", "-1", "-2", "0", "0.5", "3.3333")
            from price in Gen.Elements("", "0", "1", "999.99", "1500", "0.0001")
            from discount in Gen.Elements("", "0", "0.5", "-3")
            from tax in Gen.Elements("", "0", "18", "5.5", "0.2")
            select new Sale(store, ticket, line, day, hour, sku, quantity, price, discount, tax), MostLines);

    public static TheoryData<long> Seeds => Samples.Seeds;

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task Rollups_equal_those_computed_from_the_lines_after_any_imports(long seed)
    {
        output.WriteLine($"seed {seed}");
        var number = 0;
        foreach (var file in Samples.Of(Files, seed, Imports))
        {
            var text = Header + "\n" + string.Concat(file.Select(sale => sale.Csv() + "\n"));
            await ApplyAsync(text, ++number);
            await Tenant.CellsShouldBeExactAsync($"seed {seed}, import {number}:\n{text}");
        }
        (await Tenant.AskAsync<long>("SELECT count(*) FROM sales.line")).ShouldBeGreaterThan(40);
    }

    // As the import's job does, without the journey of the file through the database.
    private Task<bool> ApplyAsync(string text, int number) => Tenant.InTransactionAsync(async (session, services) =>
    {
        var layout = LayoutDetection.Detect(System.Text.Encoding.UTF8.GetBytes(text), SalesColumns.All, mapping: null).Layout;
        var (stores, products) = (new FileCodes(), new FileCodes());
        var codes = new CodeResolution(layout, DataScope.Everything, services.GetRequiredService<IStoreDirectory>(),
            services.GetRequiredService<IStoreOpening>(), services.GetRequiredService<CatalogueImports>(), stores, products);
        using var source = new StringReader(text);
        var reader = new SalesFileReader(source, layout, stores, products);
        var application = new BatchApplication(codes, number, dryRun: false);
        while (reader.NextBatch(0) is { } batch)
            await application.ApplyAsync(session, batch, CancellationToken.None);
        return true;
    });

    private sealed record Sale(string Store, int Ticket, int Line, int Day, int Hour, string Sku, string Quantity, string Price, string Discount, string Tax)
    {
        public string Csv()
        {
            var day = new DateOnly(2026, 1, 1).AddDays(Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var at = Hour < 0 ? day : string.Create(CultureInfo.InvariantCulture, $"{day}T{Hour:00}:30:00Z");
            return string.Create(CultureInfo.InvariantCulture, $"{Store},T{Ticket},{Line},{at},{Sku},{Quantity},{(Price.Length == 0 ? "7" : Price)},{Discount},{Tax},");
        }
    }
}
