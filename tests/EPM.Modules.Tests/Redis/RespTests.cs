using System.Buffers;
using System.Text;
using EPM.Platform.Redis;

namespace EPM.Modules.Tests.Redis;

public sealed class RespTests
{
    private const string Whole = "+OK\r\n:-12\r\n$5\r\na\r\nbc\r\n$-1\r\n-ERR no\r\n*2\r\n$1\r\nx\r\n*1\r\n:7\r\n$0\r\n\r\n*-1\r\n";

    [Fact]
    public void Replies_read_the_same_wherever_the_stream_is_cut()
    {
        var bytes = Encoding.ASCII.GetBytes(Whole);
        var whole = Read(new ReadOnlySequence<byte>(bytes));
        whole.ShouldBe(["Text OK", "Number -12", "Bytes a\r\nbc", "Nothing", "Error ERR no", "Many [Bytes x, Many [Number 7]]", "Bytes ", "Nothing"]);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Read(Split(bytes, cut)).ShouldBe(whole);
            var known = Read(new ReadOnlySequence<byte>(bytes, 0, cut));
            known.ShouldBe(whole.Take(known.Count));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("$1073741824\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$3\r\nabcdef")]
    [InlineData("$x\r\n")]
    [InlineData("$\r\n")]
    [InlineData(":1e5\r\n")]
    [InlineData(":99999999999999999999999\r\n")]
    [InlineData("*1000000\r\n")]
    [InlineData("*-7\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")]
    public void What_Redis_would_never_say_is_refused(string text) =>
        Should.Throw<RespProtocolException>(() => Read(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void A_line_without_end_is_refused_before_it_fills_the_memory() =>
        Should.Throw<RespProtocolException>(() => Read(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes("+" + new string('a', 4096)))));

    [Fact]
    public void A_command_is_counted_in_bytes() =>
        Encoding.UTF8.GetString(Resp.Command("SET", "clé")).ShouldBe("*2\r\n$3\r\nSET\r\n$4\r\nclé\r\n");

    private static List<string> Read(ReadOnlySequence<byte> bytes)
    {
        var replies = new List<string>();
        while (true)
        {
            var reader = new SequenceReader<byte>(bytes);
            if (!Resp.TryRead(ref reader, out var reply))
                return replies;
            replies.Add(Tell(reply));
            bytes = bytes.Slice(reader.Position);
        }
    }

    private static string Tell(RespReply reply) => reply.Kind switch
    {
        RespKind.Nothing => "Nothing",
        RespKind.Number => "Number " + reply.Number,
        RespKind.Many => $"Many [{string.Join(", ", reply.Items.Select(Tell))}]",
        _ => $"{reply.Kind} {reply.Text}",
    };

    private static ReadOnlySequence<byte> Split(byte[] bytes, int at)
    {
        var first = new Segment(bytes.AsMemory(0, at));
        var second = first.Then(bytes.AsMemory(at));
        return new ReadOnlySequence<byte>(first, 0, second, bytes.Length - at);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
