using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using EPM.Platform.Modules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Redis;

public enum RedisState
{
    Off,
    Up,
    Down,
}

/// <summary>
/// The optional store that hosts share. Nothing may depend on it: whoever asks gets nothing, at once, while it is away. One request that
/// waits too long opens the breaker; from then on only this class's own probe talks to it, until it answers as quickly as it should.
/// </summary>
public sealed partial class RedisStore : BackgroundService
{
    // What a request may lose to it, once.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(40);

    // For what no request waits for.
    private static readonly TimeSpan ProbePatience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ForgetPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(500);

    private readonly RedisAddress? _address;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisStore> _logger;
    private readonly Channel<bool> _lost = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile RespConnection? _connection;
    private long _awaySince;

    public RedisStore(EpmSettings settings, TimeProvider time, ILogger<RedisStore> logger)
    {
        _address = settings.Redis is null ? null : RedisAddress.Parse(settings.Redis);
        (_time, _logger) = (time, logger);
    }

    public RedisState State => _address is null ? RedisState.Off : _connection is null ? RedisState.Down : RedisState.Up;

    /// <summary>Since when the store has not answered; null while it does, or when there is none.</summary>
    public DateTimeOffset? AwaySince => Interlocked.Read(ref _awaySince) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <returns>Null when there is none, or the store is away.</returns>
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken ct) =>
        await AskAsync(Resp.Command("GET", key), Patience, ct) is { Kind: RespKind.Bytes } reply ? reply.Bytes : null;

    /// <returns>False when the store is away.</returns>
    public async ValueTask<bool> SetAsync(string key, byte[] value, TimeSpan life, CancellationToken ct) =>
        await AskAsync(Resp.Command("SET"u8.ToArray(), Encoding.UTF8.GetBytes(key), value, "PX"u8.ToArray(), Encoding.ASCII.GetBytes(Milliseconds(life))), ProbePatience, ct)
            is { Kind: RespKind.Text };

    /// <summary>Adds to a counter that lives so long from now.</summary>
    /// <returns>Its new value, or null when the store is away.</returns>
    public async ValueTask<long?> AddAsync(string key, long amount, TimeSpan life, CancellationToken ct)
    {
        var added = AskAsync(Resp.Command("INCRBY", key, amount.ToString(CultureInfo.InvariantCulture)), ProbePatience, ct);
        var kept = AskAsync(Resp.Command("PEXPIRE", key, Milliseconds(life)), ProbePatience, ct);
        await kept;
        return await added is { Kind: RespKind.Number } reply ? reply.Number : null;
    }

    /// <summary>Removes every name that begins so, over a connection of its own: also where nothing keeps one open.</summary>
    /// <returns>How many there were; null when there is no store, or it is away.</returns>
    public async Task<long?> ForgetAsync(string prefix, CancellationToken ct)
    {
        if (_address is null)
            return null;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct);
        until.CancelAfter(ForgetPatience);
        try
        {
            await using var connection = await OpenAsync(_address, until.Token);
            var (forgotten, cursor) = (0L, "0");
            do
            {
                var page = await connection.SendAsync(Resp.Command("SCAN", cursor, "MATCH", prefix + "*", "COUNT", "1000"), until.Token);
                if (page is not { Kind: RespKind.Many, Items: [{ } next, { Kind: RespKind.Many } names] })
                    throw new RespProtocolException("A page of names is not one.");
                if (names.Items.Count > 0)
                    forgotten += (await connection.SendAsync(Resp.Command([.. names.Items.Select(name => name.Text).Prepend("UNLINK")]), until.Token)).Number;
                cursor = next.Text;
            }
            while (cursor != "0");
            return forgotten;
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            LogState("is away; what it still holds of a deleted tenant goes by itself, within minutes");
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_address is null)
            return;
        var wasUp = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var isUp = await ProbeAsync(stoppingToken);
            if (isUp != wasUp)
            {
                Interlocked.Exchange(ref _awaySince, isUp ? 0 : _time.GetUtcNow().UtcTicks);
                LogState(isUp ? "answers" : "is away; every host goes on by itself");
            }
            wasUp = isUp;
            await PauseAsync(isUp, stoppingToken);
        }
        if (_connection is { } last)
            await last.DisposeAsync();
    }

    private async Task<RespReply?> AskAsync(byte[] command, TimeSpan patience, CancellationToken ct)
    {
        if (_connection is not { } connection)
            return null;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct);
        until.CancelAfter(patience);
        try
        {
            return await connection.SendAsync(command, until.Token);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // Too slow is as good as gone; a caller who left says nothing about the store, but its connection is discarded all the same.
            Interlocked.CompareExchange(ref _connection, null, connection);
            if (!ct.IsCancellationRequested)
                connection.Close();
            _lost.Writer.TryWrite(true);
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async Task<bool> ProbeAsync(CancellationToken stopping)
    {
        var connection = _connection;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        until.CancelAfter(ProbePatience);
        try
        {
            if (connection is not { IsUsable: true })
            {
                _connection = null;
                connection = await OpenAsync(_address!, until.Token);
            }
            Expect(await connection.SendAsync(Resp.Command("PING"), until.Token), "PONG");
            _connection = connection;
            return true;
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            _connection = null;
            connection?.Close();
            return false;
        }
    }

    private static async Task<RespConnection> OpenAsync(RedisAddress address, CancellationToken ct)
    {
        var connection = await RespConnection.OpenAsync(address.Host, address.Port, ct);
        try
        {
            if (address.Password is { } password)
                Expect(await connection.SendAsync(Resp.Command("AUTH", password), ct), "OK");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Waits for the next look; a lost connection is looked at now, as long as the store itself was there.
    private async Task PauseAsync(bool isUp, CancellationToken stopping)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var end = _time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), pause, BetweenProbes, Timeout.InfiniteTimeSpan);
        try
        {
            if (isUp)
                await _lost.Reader.ReadAsync(pause.Token);
            else
                await Task.Delay(Timeout.InfiniteTimeSpan, pause.Token);
        }
        catch (OperationCanceledException)
        {
            // The time is up.
        }
    }

    private static void Expect(RespReply reply, string text)
    {
        if (reply.Kind != RespKind.Text || reply.Text != text)
            throw new RespProtocolException(reply.Kind == RespKind.Error ? reply.Text : "An unexpected answer.");
    }

    private static string Milliseconds(TimeSpan life) => ((long)life.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis {State}")]
    private partial void LogState(string state);
}

/// <summary>Where the store is: <c>host:port[,password=…]</c>.</summary>
internal sealed record RedisAddress(string Host, int Port, string? Password)
{
    public static RedisAddress Parse(string text)
    {
        var parts = text.Split(',', 2);
        var colon = parts[0].LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(parts[0][(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || (parts.Length == 2 && !parts[1].StartsWith("password=", StringComparison.Ordinal)))
            throw new InvalidOperationException("EPM_REDIS is not host:port[,password=…].");
        return new RedisAddress(parts[0][..colon], port, parts.Length == 2 ? parts[1]["password=".Length..] : null);
    }
}
