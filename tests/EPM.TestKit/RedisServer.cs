using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using EPM.Platform.Redis;
using Shouldly;

namespace EPM.TestKit;

/// <summary>A real Redis on loopback, which a test may freeze, kill and start again on the same port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Password = "mot de passe d'un essai";

    private Process? _process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public string Setting => SettingAt(Port);

    /// <summary>EPM_REDIS for this server behind another port.</summary>
    public static string SettingAt(int port) => $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)},password={Password}";

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(HostProcess.FreePort());
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        string[] arguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--requirepass", Password, "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru", "--dir", Path.GetTempPath(), "--loglevel", "warning",
        ];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("redis-server did not start.");
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                (await AskAsync("PING")).Text.ShouldBe("PONG");
                return;
            }
            catch (Exception failure) when (failure is SocketException or IOException)
            {
                patience.Token.ThrowIfCancellationRequested();
            }
        }
    }

    public void Freeze() => Signals.Send(_process!.Id, "STOP");

    public void Thaw() => Signals.Send(_process!.Id, "CONT");

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<IReadOnlyList<string>> KeysAsync() => [.. (await AskAsync("KEYS", "*")).Items.Select(key => key.Text)];

    internal async Task<RespReply> AskAsync(params string[] command)
    {
        await using var connection = await RespConnection.OpenAsync("127.0.0.1", Port, CancellationToken.None);
        await connection.SendAsync(Resp.Command("AUTH", Password), CancellationToken.None);
        return await connection.SendAsync(Resp.Command(command), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
    }
}
