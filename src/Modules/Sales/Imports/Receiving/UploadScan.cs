using System.Text.Unicode;
using EPM.Platform.Http;

namespace EPM.Sales.Imports.Receiving;

/// <summary>
/// Looks at every byte of an upload once, before anything is stored, and refuses what could never be read to its end:
/// better no import than half a one.
/// </summary>
internal sealed class UploadScan(byte separator, bool quotes)
{
    private const int LongestLine = Reading.DelimitedReader.LongestRecord;

    private long _line = 1;
    private long _recordLine = 1;
    private long _inRecord;
    private bool _quoted;
    private bool _fieldStart = true;
    private bool _carriage;
    private bool _closing;

    /// <summary>False once a byte sequence was seen that is no UTF-8.</summary>
    public bool IsUtf8 { get; private set; } = true;

    public bool HasRecords { get; private set; }

    /// <param name="bytes">The next piece, cut after a line end except for the last.</param>
    public void Scan(ReadOnlySpan<byte> bytes)
    {
        IsUtf8 = IsUtf8 && Utf8.IsValid(bytes);
        if (bytes.Contains((byte)0))
            throw new BadInput("import_binary");
        for (var at = 0; at < bytes.Length;)
        {
            var stop = bytes[at..].IndexOfAny((byte)'"', (byte)'\n', (byte)'\r');
            var length = stop < 0 ? bytes.Length - at : stop;
            if (length > 0)
                Pass(bytes.Slice(at, length));
            if (_inRecord > LongestLine)
                throw new BadInput("import_line_too_long", ("line", _recordLine), ("most", LongestLine));
            if (stop < 0)
                break;
            at += stop;
            Stop(bytes[at]);
            at++;
        }
    }

    public void Finish()
    {
        if (_carriage)
            throw new BadInput("import_lone_cr", ("line", _line));
        if (_quoted && !_closing)
            throw new BadInput("import_open_quote", ("line", _recordLine));
        HasRecords |= _inRecord > 0;
    }

    private void Pass(ReadOnlySpan<byte> run)
    {
        Settle();
        _inRecord += run.Length;
        _fieldStart = !_quoted && run[^1] == separator;
    }

    private void Stop(byte stop)
    {
        if (stop == '"')
            Quote();
        else if (stop == '\r')
        {
            Settle();
            _carriage = !_quoted;
            _inRecord++;
        }
        else
        {
            _carriage = false;
            _quoted &= !_closing;
            _closing = false;
            _line++;
            if (_quoted)
            {
                _inRecord++;
                return;
            }
            HasRecords |= _inRecord > 1;
            (_inRecord, _recordLine, _fieldStart) = (0, _line, true);
        }
    }

    private void Quote()
    {
        if (!quotes)
        {
            _inRecord++;
            return;
        }
        if (_carriage)
            Settle();
        if (_quoted)
            _closing = !_closing;
        else
            _quoted = _fieldStart;
        _fieldStart = false;
        _inRecord++;
    }

    // Whatever follows decides what the last quote or carriage return was.
    private void Settle()
    {
        if (_carriage)
            throw new BadInput("import_lone_cr", ("line", _line));
        if (_closing)
            (_quoted, _closing) = (false, false);
    }
}
