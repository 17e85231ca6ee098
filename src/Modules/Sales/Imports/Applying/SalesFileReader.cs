using System.Globalization;
using EPM.Platform.Imports;
using EPM.Sales.Imports.Reading;

namespace EPM.Sales.Imports.Applying;

/// <summary>Turns records into sale lines, batch by batch, and says of each broken one what is wrong in which column.</summary>
internal sealed class SalesFileReader
{
    /// <summary>Lines a batch holds: large enough that a store-day is rarely split, small enough to fit in a few megabytes.</summary>
    public const int BatchSize = 24_576;

    private const int LongestTicket = 64;
    private const int LongestCustomer = 64;
    private const int LongestSku = 64;
    private const char DayTicket = '=';

    private readonly RecordReader _records;
    private readonly Layout _layout;
    private readonly FieldFormat _format;
    private readonly int _store, _ticket, _line, _soldAt, _sku, _quantity, _unitPrice, _discount, _taxRate, _customer, _productName;
    private readonly Dictionary<(int Store, string Ticket), int> _ordinals = [];
    private readonly List<RowError> _errors = [];
    private string _lastTicket = "";
    private string _lastCustomer = "";

    public SalesFileReader(TextReader text, Layout layout, FileCodes stores, FileCodes products)
    {
        _records = RecordReader.Open(text, layout);
        _layout = layout;
        _format = layout.FieldFormat;
        (Stores, Products) = (stores, products);
        (_store, _ticket, _line) = (layout.IndexOf(SalesColumns.Store), layout.IndexOf(SalesColumns.Ticket), layout.IndexOf(SalesColumns.Line));
        (_soldAt, _sku, _quantity) = (layout.IndexOf(SalesColumns.SoldAt), layout.IndexOf(SalesColumns.Sku), layout.IndexOf(SalesColumns.Quantity));
        (_unitPrice, _discount) = (layout.IndexOf(SalesColumns.UnitPrice), layout.IndexOf(SalesColumns.Discount));
        (_taxRate, _customer) = (layout.IndexOf(SalesColumns.TaxRate), layout.IndexOf(SalesColumns.Customer));
        _productName = layout.IndexOf(SalesColumns.ProductName);
        if (layout.Format == Layout.Csv)
            _records.Next();
    }

    public FileCodes Stores { get; }

    public FileCodes Products { get; }

    /// <summary>Reads the next batch, or null at the end. Records up to <paramref name="skipTo"/> were applied before: they are only counted into ordinals.</summary>
    public LineBatch? NextBatch(long skipTo)
    {
        var batch = new LineBatch(BatchSize);
        while (!batch.IsFull && _records.Next())
        {
            if (_records.Line <= skipTo)
            {
                Skip(batch);
                continue;
            }
            batch.Read++;
            batch.LastLine = _records.Line;
            Take(batch);
        }
        return batch.Read == 0 ? null : batch;
    }

    // A line that was applied before still counts in its ticket: those after it must get the numbers they would have got.
    private void Skip(LineBatch batch)
    {
        if (!_layout.LineIsOrdinal)
            return;
        Take(batch);
        if (batch.Count > 0)
            batch.RemoveLast();
        batch.Rejected.Clear();
    }

    private void Take(LineBatch batch)
    {
        _errors.Clear();
        ref var line = ref batch.Add(_records.Raw);
        line.FileLine = _records.Line;
        if (_records is JsonLinesReader { Malformed: true })
            Fail(SalesColumns.SoldAt, "import_not_json", default);
        else
            Read(ref line, batch);
        if (_errors.Count == 0)
            return;
        var content = batch.ContentOf(in line);
        batch.RemoveLast();
        batch.Rejected.Add(new RejectedLine(_records.Line, content, [.. _errors]));
    }

    private void Read(ref SaleLine line, LineBatch batch)
    {
        line.StoreIndex = Code(_store, SalesColumns.Store, Stores, out _);
        line.ProductIndex = Code(_sku, SalesColumns.Sku, Products, out var isNew);
        if (isNew && _productName >= 0)
            batch.ProductNames[line.ProductIndex] = _records.Field(_productName).ToString();
        var soldAt = _records.Field(_soldAt);
        if (!_format.TryMoment(soldAt, out line.SoldAt))
            Fail(SalesColumns.SoldAt, soldAt.IsEmpty ? "import_required" : "import_not_a_date", soldAt);
        line.Quantity = Number(_quantity, SalesColumns.Quantity, required: true, 0);
        line.UnitPrice = Number(_unitPrice, SalesColumns.UnitPrice, required: _unitPrice >= 0, SaleLine.NoPrice);
        line.Discount = Number(_discount, SalesColumns.Discount, required: false, 0);
        line.TaxBasisPoints = TaxRate();
        line.Customer = Repeated(_records.Field(_customer), ref _lastCustomer, LongestCustomer, SalesColumns.Customer);
        if (!Amount.Fits(line.Quantity, line.UnitPrice))
            Fail(SalesColumns.Quantity, "import_amount_too_large", _records.Field(_quantity));
        Identify(ref line);
    }

    private void Identify(ref SaleLine line)
    {
        if (_ticket < 0)
        {
            var day = line.SoldAt.Local.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            line.Ticket = $"{DayTicket}{day}:{(line.ProductIndex < 0 ? "" : Products[line.ProductIndex])}";
            return;
        }
        var ticket = _records.Field(_ticket);
        if (ticket.IsEmpty)
            Fail(SalesColumns.Ticket, "import_required", ticket);
        else if (ticket[0] == DayTicket)
            Fail(SalesColumns.Ticket, "import_ticket_reserved", ticket);
        line.Ticket = Repeated(ticket, ref _lastTicket, LongestTicket, SalesColumns.Ticket);
        if (_layout.LineIsOrdinal || _line < 0)
        {
            ref var last = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_ordinals, (line.StoreIndex, line.Ticket), out _);
            if (++last > short.MaxValue)
                Fail(SalesColumns.Ticket, "import_ticket_too_long", ticket);
            line.Line = (short)Math.Min(last, short.MaxValue);
            return;
        }
        var number = _records.Field(_line);
        if (!short.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out line.Line))
            Fail(SalesColumns.Line, number.IsEmpty ? "import_required" : "import_not_a_line_number", number);
    }

    private int Code(int column, string name, FileCodes codes, out bool isNew)
    {
        isNew = false;
        var code = column >= 0 ? _records.Field(column) : _layout.Constants.TryGetValue(name, out var constant) ? constant : default(ReadOnlySpan<char>);
        if (code.IsEmpty && column < 0 && name == SalesColumns.Store)
            return codes.IndexOf("", out isNew);
        if (code.IsEmpty)
            Fail(name, "import_required", code);
        else if (code.Length > LongestSku || code.IndexOfAnyInRange('\0', '\u001f') >= 0)
            Fail(name, "import_too_long", code);
        else
            return codes.IndexOf(code, out isNew);
        return -1;
    }

    private long Number(int column, string name, bool required, long absent)
    {
        var text = _records.Field(column);
        if (text.IsEmpty)
        {
            if (required)
                Fail(name, "import_required", text);
            return absent;
        }
        if (_format.TryNumber(text, out var value))
            return value;
        Fail(name, "import_not_a_number", text);
        return 0;
    }

    // 0.18, 18 and 18 % all mean eighteen percent; no sales tax reaches 100 %.
    private int TaxRate()
    {
        var text = _records.Field(_taxRate).TrimEnd('%').TrimEnd();
        if (text.IsEmpty)
            return SaleLine.Unknown;
        if (!_format.TryNumber(text, out var rate) || rate < 0 || rate >= 100 * FieldFormat.Scale)
        {
            Fail(SalesColumns.TaxRate, "import_not_a_rate", text);
            return SaleLine.Unknown;
        }
        return (int)(rate >= FieldFormat.Scale ? rate / 100 : rate);
    }

    private string Repeated(ReadOnlySpan<char> text, ref string last, int most, string column)
    {
        if (text.SequenceEqual(last))
            return last;
        if (text.Length > most || text.IndexOfAnyInRange('\0', '\u001f') >= 0)
        {
            Fail(column, "import_too_long", text);
            return "";
        }
        return last = text.ToString();
    }

    private void Fail(string column, string code, ReadOnlySpan<char> value) =>
        _errors.Add(new RowError(column, code, value.Length > 80 ? value[..80].ToString() : value.ToString()));
}
