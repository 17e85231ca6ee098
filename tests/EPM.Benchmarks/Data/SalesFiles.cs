using System.Text;

namespace EPM.Benchmarks.Data;

/// <summary>The numbers that the product gave to stores and products: what a table of lines is filled with directly.</summary>
internal sealed record Numbers(int[] Stores, int[] Products);

/// <summary>
/// The same lines twice: as a till's file in the canonical layout, and as rows of the table of lines with codes resolved.
/// Deterministic: the seed is the day.
/// </summary>
internal sealed class SalesFiles(Numbers numbers)
{
    private const string Header = "store,ticket,line,sold_at,sku,quantity,unit_price,discount,tax_rate,customer\n";

    // Of a hundred tickets, how many have 1, 2, … 8 lines; 3.2 on average.
    private static readonly int[] LinesOfATicket = [20, 20, 22, 16, 10, 6, 4, 2];

    // Of a hundred tickets, how many come in each hour from 8 to 21.
    private static readonly int[] TicketsOfAnHour = [3, 5, 7, 9, 11, 9, 5, 5, 7, 9, 11, 10, 6, 3];

    private static readonly double[] Weekdays = [0.9, 0.85, 0.9, 0.95, 1.15, 1.4, 0.85];

    private static readonly byte[][] Stores = Codes(Shape.Stores, Shape.StoreCode);
    private static readonly byte[][] Skus = Codes(Shape.Products, Shape.Sku);
    private static readonly int[] StoreOfAWeight = Weighted();

    /// <summary>Writes both files.</summary>
    /// <param name="rows">Null to leave the second out.</param>
    public Sums Write(string till, string? rows, long lines, DateOnly first, int days)
    {
        using var tillFile = File.Create(till, 1 << 20);
        using var rowFile = rows is null ? Stream.Null : File.Create(rows, 1 << 20);
        using var canonical = new CsvBuffer(tillFile);
        using var table = new CsvBuffer(rowFile);
        canonical.Text(Encoding.ASCII.GetBytes(Header));
        var sums = new Sums();
        var weights = Enumerable.Range(0, days).Select(i => Weekdays[(int)first.AddDays(i).DayOfWeek]).ToArray();
        var (all, passed) = (weights.Sum(), 0.0);
        for (var i = 0; i < days; i++)
        {
            passed += weights[i];
            var until = i == days - 1 ? lines : (long)Math.Round(lines * passed / all);
            Day(first.AddDays(i), until - sums.Lines, canonical, table, sums);
        }
        return sums;
    }

    private void Day(DateOnly day, long lines, CsvBuffer till, CsvBuffer table, Sums sums)
    {
        var random = new SplitMix((ulong)day.DayNumber);
        var tickets = new List<(int Second, int Store, int Lines)>();
        for (var left = lines; left > 0;)
        {
            var count = (int)Math.Min(left, 1 + Of(LinesOfATicket, ref random));
            var hour = 8 + Of(TicketsOfAnHour, ref random);
            tickets.Add(((hour * 3600) + random.Below(3600), StoreOfAWeight[random.Below(StoreOfAWeight.Length)], count));
            left -= count;
        }
        tickets.Sort();
        var next = new int[Shape.Stores];
        Span<byte> date = stackalloc byte[8];
        Encoding.ASCII.GetBytes(day.ToString("yyyyMMdd", null), date);
        Span<byte> ticket = stackalloc byte[11];
        Span<byte> moment = stackalloc byte[19];
        foreach (var (second, store, count) in tickets)
        {
            var no = ++next[store];
            date[2..].CopyTo(ticket);
            for (var (i, rest) = (10, no); i > 5; i--, rest /= 10)
                ticket[i] = (byte)('0' + (rest % 10));
            Moment(date, second, moment);
            sums.Ticket(day, store);
            var customer = random.Below(4) == 0 ? 1 + random.Below(20_000) : 0;
            for (var line = 1; line <= count; line++)
                Line(day, store, ticket, moment, line, customer, ref random, till, table, sums);
        }
    }

    private void Line(
        DateOnly day, int store, ReadOnlySpan<byte> ticket, ReadOnlySpan<byte> moment, int line, int customer, ref SplitMix random, CsvBuffer till, CsvBuffer table, Sums sums)
    {
        // The first hundred of two thousand make about a third of all sales.
        var product = (int)(Shape.Products * Math.Pow(random.Unit(), 2.7));
        var price = Shape.Price(product);
        var thousandths = Shape.IsWeighed(product) ? 150 + (random.Below(400) * 5) : 1000 * (1 + Math.Max(0, random.Below(8) - 4));
        var discount = random.Below(12) == 0 ? (long)price * thousandths / 10_000 : 0;
        var tax = Shape.TaxBasisPoints(product);
        sums.Line(day, store, thousandths * 10L, ((long)thousandths * 10 * price) - (discount * 10_000), tax);
        till.Text(Stores[store]).Comma().Text(ticket).Comma().Number(line).Comma().Text(moment).Comma().Text(Skus[product]).Comma()
            .Thousandths(thousandths).Comma().Number(price).Comma().Number(discount).Comma().Text(tax == 0 ? "0"u8 : "0.18"u8).Comma();
        table.Text(moment).Text("Z,"u8).Number(numbers.Stores[store]).Comma().Number(numbers.Products[product]).Comma().Number(line).Comma()
            .Number(tax).Comma().Text(ticket).Comma();
        if (customer > 0)
        {
            till.Text("K"u8).Number(customer, 5);
            table.Text("K"u8).Number(customer, 5);
        }
        till.End();
        table.Comma().Thousandths(thousandths).Comma().Number(price).Comma().Number(discount).End();
    }

    private static void Moment(ReadOnlySpan<byte> date, int second, Span<byte> moment)
    {
        "0000-00-00T00:00:00"u8.CopyTo(moment);
        date[..4].CopyTo(moment);
        date.Slice(4, 2).CopyTo(moment[5..]);
        date.Slice(6, 2).CopyTo(moment[8..]);
        Two(moment[11..], second / 3600);
        Two(moment[14..], second / 60 % 60);
        Two(moment[17..], second % 60);
    }

    private static void Two(Span<byte> at, int value) => (at[0], at[1]) = ((byte)('0' + (value / 10)), (byte)('0' + (value % 10)));

    private static int Of(int[] percents, ref SplitMix random)
    {
        var at = random.Below(100);
        for (var i = 0; ; i++)
        {
            at -= percents[i];
            if (at < 0)
                return i;
        }
    }

    private static byte[][] Codes(int count, Func<int, string> code) => [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes(code(i)))];

    // From the smallest to the largest store it is one to four.
    private static int[] Weighted() => [.. Enumerable.Range(0, Shape.Stores).SelectMany(store => Enumerable.Repeat(store, 10 + (store * 30 / (Shape.Stores - 1))))];
}
