using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>Store, ticket and line are the key: what is given again corrects, and never counts twice.</summary>
public sealed class RepeatedImportsTests : SalesTest
{
    private static readonly string[] Week =
    [
        "N1,T1,1,2026-05-04T10:00:00Z,P1,2,1000,0,0.18,", "N1,T1,2,2026-05-04T10:00:00Z,P2,1,500,0,0.18,",
        "N2,T1,1,2026-05-05T11:00:00Z,P1,1,1000,0,0.18,", "S1,T9,1,2026-05-06T12:00:00Z,P3,4,250,0,0.18,",
    ];

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        var first = await Tenant.SellAsync(File(Week));
        first.Told().ShouldBe("completed: 4 read, 4 added, 0 updated, 0 unchanged, 0 rejected");
        first.GetProperty("effect").ToString().ShouldBe("""{"from":"2026-05-04","to":"2026-05-06","stores":["N1","N2","S1"],"revenue":4500}""");
        var (lines, cells) = (await Tenant.LinesAsync(), await Tenant.CellsAsync());
        var second = await Tenant.SellAsync(File(Week));
        second.Told().ShouldBe("completed: 4 read, 0 added, 0 updated, 4 unchanged, 0 rejected");
        second.GetProperty("effect").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await Tenant.LinesAsync()).ShouldBe(lines);
        (await Tenant.CellsAsync()).ShouldBe(cells);
        second.GetProperty("number").GetInt32().ShouldBe(first.GetProperty("number").GetInt32() + 1);
    }

    [Fact]
    public async Task A_corrected_file_updates_exactly_the_changed_lines_and_what_is_summed_of_them()
    {
        await Tenant.SellAsync(File(Week));
        string[] corrected = [Week[0].Replace("P1,2", "P1,3", StringComparison.Ordinal), Week[1], Week[2].Replace("05-05", "05-07", StringComparison.Ordinal), Week[3], "S1,T9,2,2026-05-06T12:00:00Z,P1,1,1000,0,0.18,"];
        var import = await Tenant.SellAsync(File(corrected));
        import.Told().ShouldBe("completed: 5 read, 1 added, 2 updated, 2 unchanged, 0 rejected");
        import.GetProperty("effect").GetProperty("revenue").GetDecimal().ShouldBe(2000);
        (await Tenant.LinesAsync()).Select(line => line.Split(' ')[..5]).Select(words => string.Join(' ', words)).ShouldBe(
        [
            "N1 T1/1 2026-05-04T10:00:00 P1 3×1000-0", "N1 T1/2 2026-05-04T10:00:00 P2 1×500-0", "N2 T1/1 2026-05-07T11:00:00 P1 1×1000-0",
            "S1 T9/1 2026-05-06T12:00:00 P3 4×250-0", "S1 T9/2 2026-05-06T12:00:00 P1 1×1000-0",
        ]);
        await Tenant.CellsShouldBeExactAsync();
        (await Tenant.CellsAsync()).ShouldContain("day_category N2 2026-05-07 * tickets=1 lines=1 revenue=1000");
        (await Tenant.CellsAsync()).ShouldNotContain(cell => cell.Contains("2026-05-05", StringComparison.Ordinal), "an emptied day leaves no cell");
    }

    [Fact]
    public async Task Lines_out_of_ticket_order_and_a_ticket_split_over_two_files_are_one_ticket()
    {
        await Tenant.SellAsync(File("N1,T1,1,2026-05-04T10:00:00Z,P1,1,100,0,0,", "N1,T2,1,2026-05-04T10:05:00Z,P1,1,100,0,0,", "N1,T1,2,2026-05-04T10:00:00Z,P2,1,100,0,0,"));
        await Tenant.SellAsync(File("N1,T2,2,2026-05-04T09:59:00Z,P2,1,100,0,0,", "N1,T3,1,2026-05-04T10:00:00Z,P1,1,100,0,0,"));
        var cells = await Tenant.CellsAsync();
        cells.ShouldContain("day_category N1 2026-05-04 * tickets=3 lines=5 revenue=500");
        cells.ShouldContain("day_category N1 2026-05-04 a tickets=3 lines=3 revenue=300");
        cells.ShouldContain("day_category N1 2026-05-04 b tickets=2 lines=2 revenue=200");
        cells.ShouldContain("day_hour N1 2026-05-04 9 tickets=1 lines=1 revenue=100");
        await Tenant.CellsShouldBeExactAsync();
    }

    [Fact]
    public async Task A_ticket_split_over_two_batches_of_one_import_counts_once()
    {
        var lines = Enumerable.Range(0, EPM.Sales.Imports.Applying.SalesFileReader.BatchSize).Select(i => $"N2,B{i / 50},{i % 50},2026-05-05,P{(i % 3) + 1},1,10,0,0,");
        var import = await Tenant.SellAsync(File(["N1,T1,1,2026-05-04T10:00:00Z,P1,1,100,0,0,", .. lines, "N1,T1,2,2026-05-04T10:00:00Z,P1,1,100,0,0,"]));
        import.GetProperty("added").GetInt64().ShouldBe(EPM.Sales.Imports.Applying.SalesFileReader.BatchSize + 2);
        (await Tenant.CellsAsync()).ShouldContain("day_category N1 2026-05-04 * tickets=1 lines=2 revenue=200");
        await Tenant.CellsShouldBeExactAsync();
    }

    [Fact]
    public async Task The_same_key_twice_in_one_file_counts_once_and_a_contradiction_is_told()
    {
        var file = File(Week[0], Week[0], Week[0].Replace("P1,2", "P1,9", StringComparison.Ordinal), Week[1]);
        var import = await Tenant.ImportAsync(file);
        import.Told().ShouldBe("completed: 4 read, 2 added, 0 updated, 1 unchanged, 1 rejected");
        (await Tenant.WhyAsync(import)).ShouldBe(["4 line import_key_twice"]);
        var lines = await Tenant.LinesAsync();
        lines[0].ShouldContain(" 2×1000");
        (await Tenant.ImportAsync(file)).Told().ShouldBe("completed: 4 read, 0 added, 0 updated, 3 unchanged, 1 rejected", "the same file twice changes nothing, even when it contradicts itself");
        (await Tenant.LinesAsync()).ShouldBe(lines);
    }

    [Fact]
    public async Task What_a_later_file_does_not_tell_stays_as_it_was()
    {
        await Tenant.SellAsync(File("N1,T1,1,2026-05-04T10:00:00Z,P1,2,1000,0,0.10,"));
        var import = await Tenant.SellAsync("store,ticket,line,sold_at,sku,quantity\nN1,T1,1,2026-05-04T10:00:00Z,P1,3\nN1,T1,2,2026-05-04T10:00:00Z,P2,1\n");
        import.Told().ShouldBe("completed: 2 read, 1 added, 1 updated, 0 unchanged, 0 rejected");
        (await Tenant.LinesAsync()).ShouldBe(["N1 T1/1 2026-05-04T10:00:00 P1 3×1000-0 1000bp", "N1 T1/2 2026-05-04T10:00:00 P2 1×1500-0 1800bp"]);
        await Tenant.CellsShouldBeExactAsync();
    }
}
