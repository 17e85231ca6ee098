using System.Globalization;
using EPM.Platform.Redis;

namespace EPM.TestKit;

/// <summary>Many callers over shared connections, each of whom knows what it must hear, and some of whom give up.</summary>
public static class EchoRun
{
    public static async Task<(long Answered, long GivenUp, long Wrong, long Lost)> RunAsync(int port, int operations, int callers, int seed)
    {
        long answered = 0, givenUp = 0, wrong = 0, lost = 0;
        var next = 0;
        var current = await RespConnection.OpenAsync("127.0.0.1", port, CancellationToken.None);
        using var opening = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var dice = new Random(seed + caller);
            while (Interlocked.Increment(ref next) is var number && number <= operations)
            {
                using var giveUp = new CancellationTokenSource();
                var said = $"{caller}:{number.ToString(CultureInfo.InvariantCulture)}";
                var reply = (await UsableAsync()).SendAsync(Resp.Command("ECHO", said), giveUp.Token);
                if (dice.Next(20) == 0)
                    await giveUp.CancelAsync();
                try
                {
                    if ((await reply).Text == said)
                        Interlocked.Increment(ref answered);
                    else
                        Interlocked.Increment(ref wrong);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref givenUp);
                }
                catch (IOException)
                {
                    Interlocked.Increment(ref lost);
                }
            }
        })));
        await current.DisposeAsync();
        return (answered, givenUp, wrong, lost);

        async Task<RespConnection> UsableAsync()
        {
            if (Volatile.Read(ref current).IsUsable)
                return current;
            await opening.WaitAsync();
            try
            {
                if (!current.IsUsable)
                    current = await RespConnection.OpenAsync("127.0.0.1", port, CancellationToken.None);
                return current;
            }
            finally
            {
                opening.Release();
            }
        }
    }
}
