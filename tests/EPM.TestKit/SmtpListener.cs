using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace EPM.TestKit;

/// <summary>A mail as it arrived.</summary>
/// <param name="Headers">Unfolded, by name.</param>
/// <param name="Text">The body, decoded.</param>
public sealed partial record ArrivedMail(string From, string To, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public string Subject => EncodedWord().Replace(Headers["Subject"], word => Encoding.UTF8.GetString(word.Groups["how"].Value is "B" or "b"
        ? Convert.FromBase64String(word.Groups["text"].Value)
        : QuotedPrintable(word.Groups["text"].Value.Replace('_', ' '))));

    internal static ArrivedMail Read(string from, string to, IReadOnlyList<string> lines)
    {
        var end = lines.TakeWhile(line => line.Length > 0).Count();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in Folded().Replace(string.Join("\r\n", lines.Take(end)), " ").Split("\r\n"))
            headers[header.Split(':')[0]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var body = string.Join("\r\n", lines.Skip(end + 1));
        var text = headers.GetValueOrDefault("Content-Transfer-Encoding") switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
            "quoted-printable" => Encoding.UTF8.GetString(QuotedPrintable(body.Replace("=\r\n", "", StringComparison.Ordinal))),
            _ => body,
        };
        return new ArrivedMail(from, to, headers, text.ReplaceLineEndings("\n"));
    }

    private static byte[] QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '=';
            bytes.Add(escaped ? Convert.ToByte(text.Substring(i + 1, 2), 16) : (byte)text[i]);
            i += escaped ? 2 : 0;
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BbQq])\?(?<text>[^?]*)\?=\s*", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.None, 1000)]
    private static partial Regex Folded();
}

/// <summary>A small mail server on loopback: takes mail by SMTP, and refuses it for a while when told to.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener;
    private readonly Channel<ArrivedMail> _arrived = Channel.CreateUnbounded<ArrivedMail>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _toRefuse;

    /// <param name="port">A free one when null.</param>
    public SmtpListener(int? port = null)
    {
        _listener = new TcpListener(IPAddress.Loopback, port ?? 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What <c>EPM_SMTP</c> is to say.</summary>
    public string Address => AddressOf(Port);

    /// <summary>The same of one that is not there yet.</summary>
    public static string AddressOf(int port) => $"smtp://127.0.0.1:{port}?from=EPM%20Retail%20%3Cno-reply@epm.example%3E";

    /// <summary>How many mails it has said no to.</summary>
    public int Refused { get; private set; }

    /// <summary>The recipient it does not know.</summary>
    public string? Unknown { get; set; }

    /// <summary>Says "later" to so many mails.</summary>
    public void Refuse(int mails) => Volatile.Write(ref _toRefuse, mails);

    /// <summary>The next mail that arrives.</summary>
    public async Task<ArrivedMail> NextAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        return await _arrived.Reader.ReadAsync(late.Token);
    }

    /// <summary>Whether another mail has arrived that nobody has read yet.</summary>
    public bool HasMore => _arrived.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception end) when (_stopping.IsCancellationRequested && end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
        var (from, to) = ("", "");
        try
        {
            await writer.WriteLineAsync("220 test ESMTP");
            while (await reader.ReadLineAsync(_stopping.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                (from, to) = (verb == "MAIL" ? Between(line) : from, verb == "RCPT" ? Between(line) : to);
                await writer.WriteLineAsync(verb switch
                {
                    "RCPT" when to == Unknown => "550 no such person",
                    "EHLO" => "250-test\r\n250 8BITMIME",
                    "DATA" => await TakeAsync(reader, writer, from, to),
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                });
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The sender left, or the test is over.
        }
    }

    private async Task<string> TakeAsync(StreamReader reader, StreamWriter writer, string from, string to)
    {
        await writer.WriteLineAsync("354 go on");
        var lines = new List<string>();
        while (await reader.ReadLineAsync(_stopping.Token) is { } line && line != ".")
            lines.Add(line.StartsWith('.') ? line[1..] : line);
        if (Interlocked.Decrement(ref _toRefuse) >= 0)
        {
            Refused++;
            return "451 later";
        }
        await _arrived.Writer.WriteAsync(ArrivedMail.Read(from, to, lines));
        return "250 taken";
    }

    private static string Between(string line) => line.Split('<', '>')[1];
}
