using System.Buffers;
using System.Globalization;
using System.Text;

namespace EPM.Sales.Demo;

/// <summary>Writes sales as the canonical file, a day at a time.</summary>
internal sealed class SalesCsv(DemoSales sales)
{
    private const int LongestLine = 160;

    private readonly byte[][] _skus = [.. sales.Assortment.All.Select(product => Encoding.UTF8.GetBytes(product.Sku))];
    private readonly byte[][] _taxes = [.. sales.Assortment.All.Select(product => Encoding.UTF8.GetBytes(product.Leaf.TaxRate.ToString(CultureInfo.InvariantCulture)))];

    /// <returns>The file in pieces; each is valid until the next.</returns>
    public IEnumerable<ReadOnlyMemory<byte>> Days(DateOnly from, DateOnly to)
    {
        var piece = new ArrayBufferWriter<byte>(1 << 18);
        piece.Write("store,ticket,line,sold_at,sku,quantity,unit_price,discount,tax_rate,customer\n"u8);
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var store in sales.Stores)
                Write(piece, store, day);
            yield return piece.WrittenMemory;
            piece.ResetWrittenCount();
        }
    }

    private void Write(ArrayBufferWriter<byte> piece, DemoStore store, DateOnly day)
    {
        var start = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{store.Code},{day:yyMMdd}-"));
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        foreach (var line in sales.Of(store, day))
        {
            var fields = new Fields(piece.GetSpan(LongestLine));
            fields.Text(start);
            fields.Number(line.Ticket, "D4");
            fields.Comma();
            fields.Number(line.Line);
            fields.Comma();
            fields.Time(midnight.AddSeconds(line.Second));
            fields.Comma();
            fields.Text(_skus[line.Product]);
            fields.Comma();
            fields.Quantity(line.Quantity);
            fields.Comma();
            fields.Number(line.UnitPrice);
            fields.Comma();
            fields.Number(line.Discount);
            fields.Comma();
            fields.Text(_taxes[line.Product]);
            fields.Comma();
            if (line.Customer > 0)
                fields.Card(line.Customer);
            fields.End();
            piece.Advance(fields.Length);
        }
    }

    private ref struct Fields(Span<byte> target)
    {
        private readonly Span<byte> _target = target;

        public int Length { get; private set; }

        public void Comma() => _target[Length++] = (byte)',';

        public void End() => _target[Length++] = (byte)'\n';

        public void Text(ReadOnlySpan<byte> text)
        {
            text.CopyTo(_target[Length..]);
            Length += text.Length;
        }

        public void Number(int number, ReadOnlySpan<char> format = default)
        {
            number.TryFormat(_target[Length..], out var written, format, CultureInfo.InvariantCulture);
            Length += written;
        }

        public void Quantity(int thousandths)
        {
            if (thousandths % 1000 == 0)
            {
                Number(thousandths / 1000);
                return;
            }
            (thousandths / 1000m).TryFormat(_target[Length..], out var written, "0.###", CultureInfo.InvariantCulture);
            Length += written;
        }

        public void Time(DateTime time)
        {
            time.TryFormat(_target[Length..], out var written, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            Length += written;
        }

        public void Card(int number)
        {
            _target[Length++] = (byte)'C';
            Number(number, "D6");
        }
    }
}
