using System.Buffers;
using EPM.Platform.Documents;

namespace EPM.Sales.Imports.Reading;

/// <summary>
/// CSV as RFC 4180 and spreadsheets write it: any one-character separator, quotes around fields that hold separators, line ends or
/// doubled quotes; a quote inside an unquoted field is just a character. Empty lines are passed over. Works in one buffer, without
/// allocation a record.
/// </summary>
internal sealed class DelimitedReader : RecordReader
{
    /// <summary>Longest record, in characters; a longer one was refused when the file was received.</summary>
    public const int LongestRecord = 1 << 18;

    private const int Escaped = 1;
    private const int MostFields = 512;

    private readonly TextReader _text;
    private readonly char _separator;
    private readonly SearchValues<char> _stops;
    private readonly char[] _buffer = new char[LongestRecord * 2];
    private readonly int[] _starts = new int[MostFields];
    private readonly int[] _lengths = new int[MostFields];
    private readonly byte[] _marks = new byte[MostFields];
    private readonly char[] _scratch = new char[LongestRecord];
    private int _at;
    private int _end;
    private int _recordStart;
    private int _recordEnd;
    private long _nextLine = 1;
    private bool _finished;

    public DelimitedReader(TextReader text, char separator)
    {
        _text = text;
        _separator = separator;
        _stops = SearchValues.Create([separator, '\n']);
    }

    public override ReadOnlySpan<char> Raw => _buffer.AsSpan(_recordStart, _recordEnd - _recordStart).TrimEnd("\r\n");

    public override ReadOnlySpan<char> Field(int index)
    {
        if (index < 0 || index >= Count)
            return default;
        var field = _buffer.AsSpan(_starts[index], _lengths[index]);
        return CellText.Unguard((_marks[index] == Escaped ? Unescape(field) : field).Trim());
    }

    public override bool Next()
    {
        do
        {
            if (!TryRecord())
                return false;
        }
        while (Count == 1 && _lengths[0] == 0);
        return true;
    }

    private bool TryRecord()
    {
        while (true)
        {
            if (_at < _end && Parse())
                return true;
            if (_finished)
                return false;
            Fill();
        }
    }

    // Keeps the unfinished record, moves it to the front and reads on behind it.
    private void Fill()
    {
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        _end -= _at;
        _at = 0;
        if (_end >= LongestRecord)
            throw new InvalidDataException($"The record on line {_nextLine} is longer than {LongestRecord} characters.");
        var read = _text.ReadBlock(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _finished = read == 0;
    }

    private bool Parse()
    {
        var span = _buffer.AsSpan(0, _end);
        int at = _at, count = 0, lineEnds = 0;
        while (true)
        {
            if (count == MostFields)
                throw new InvalidDataException($"The record on line {_nextLine} has more than {MostFields} fields.");
            var quoted = at < _end && span[at] == '"';
            var start = quoted ? at + 1 : at;
            byte mark = 0;
            int stop, length;
            if (quoted)
            {
                var close = CloseQuote(span, start, ref mark, ref lineEnds);
                if (close < 0 && !_finished)
                    return false;
                length = (close < 0 ? _end : close) - start;
                at = close < 0 ? _end : close + 1;
                stop = IndexOf(span, at);
            }
            else
            {
                stop = IndexOf(span, at);
                length = (stop < 0 ? _end : stop) - start;
            }
            if (stop < 0 && !_finished)
                return false;
            var last = stop < 0 || span[stop] == '\n';
            if (!quoted && last && length > 0 && span[start + length - 1] == '\r')
                length--;
            _starts[count] = start;
            _lengths[count] = length;
            _marks[count++] = mark;
            at = stop < 0 ? _end : stop + 1;
            if (last)
                break;
        }
        (_recordStart, _recordEnd, _at, Count) = (_at, at, at, count);
        Line = _nextLine;
        _nextLine += lineEnds + 1;
        return true;
    }

    private int IndexOf(ReadOnlySpan<char> span, int from)
    {
        var stop = span[from..].IndexOfAny(_stops);
        return stop < 0 ? -1 : from + stop;
    }

    private static int CloseQuote(ReadOnlySpan<char> span, int from, ref byte mark, ref int lineEnds)
    {
        for (var at = from; ;)
        {
            var stop = span[at..].IndexOfAny('"', '\n');
            if (stop < 0)
                return -1;
            at += stop;
            if (span[at] == '\n')
            {
                lineEnds++;
                at++;
            }
            else if (at + 1 < span.Length && span[at + 1] == '"')
            {
                mark = Escaped;
                at += 2;
            }
            else
                return at;
        }
    }

    private ReadOnlySpan<char> Unescape(ReadOnlySpan<char> field)
    {
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            _scratch[length++] = field[i];
            if (field[i] == '"' && i + 1 < field.Length && field[i + 1] == '"')
                i++;
        }
        return _scratch.AsSpan(0, length);
    }
}
