using System.Text;
using EPM.Platform.Redis;
using EPM.TestKit;

namespace EPM.Modules.Tests.Redis;

public sealed class RespConnectionTests
{
    [Fact]
    public async Task No_reply_reaches_another_caller_though_one_in_twenty_gives_up()
    {
        await using var peer = new EchoingPeer();
        var counts = await EchoRun.RunAsync(peer.Port, operations: 50_000, callers: 32, seed: 20261121);
        counts.Wrong.ShouldBe(0);
        counts.GivenUp.ShouldBeGreaterThan(500);
        counts.Answered.ShouldBeGreaterThan(40_000);
    }

    [Fact]
    public async Task A_connection_on_which_somebody_gave_up_answers_the_others_and_takes_nothing_more()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var peer = new EchoingPeer(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[2 * Resp.Command("ECHO", "a").Length]);
            asked.SetResult();
            await answer.Task;
            await stream.WriteAsync("$1\r\na\r\n$1\r\nb\r\n"u8.ToArray());
            await EchoingPeer.UntilLeftAsync(stream);
        });
        await using var connection = await RespConnection.OpenAsync("127.0.0.1", peer.Port, CancellationToken.None);
        using var gaveUp = new CancellationTokenSource();
        var first = connection.SendAsync(Resp.Command("ECHO", "a"), gaveUp.Token);
        var second = connection.SendAsync(Resp.Command("ECHO", "b"), CancellationToken.None);
        await asked.Task;
        await gaveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        connection.IsUsable.ShouldBeFalse();
        await Should.ThrowAsync<IOException>(connection.SendAsync(Resp.Command("ECHO", "c"), CancellationToken.None));
        answer.SetResult();
        (await second).Text.ShouldBe("b");
    }

    [Theory]
    [InlineData("")]
    [InlineData("$1\r\n")]
    [InlineData("$1073741824\r\n")]
    [InlineData("nonsense\r\n")]
    [InlineData("$3\r\nabcde\r\n")]
    public async Task A_peer_that_breaks_off_or_talks_nonsense_fails_its_callers_and_is_discarded(string says)
    {
        await using var peer = new EchoingPeer(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[10]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(says));
        });
        await using var connection = await RespConnection.OpenAsync("127.0.0.1", peer.Port, CancellationToken.None);
        await Should.ThrowAsync<IOException>(connection.SendAsync(Resp.Command("ECHO", "a"), CancellationToken.None));
        connection.IsUsable.ShouldBeFalse();
    }

    [Fact]
    public async Task A_reply_that_nobody_asked_for_is_the_end_of_the_connection()
    {
        await using var peer = new EchoingPeer(async stream =>
        {
            await stream.WriteAsync("$5\r\nextra\r\n"u8.ToArray());
            await EchoingPeer.UntilLeftAsync(stream);
        });
        await using var connection = await RespConnection.OpenAsync("127.0.0.1", peer.Port, CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (connection.IsUsable)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        await Should.ThrowAsync<IOException>(connection.SendAsync(Resp.Command("ECHO", "a"), CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        await using var peer = new EchoingPeer(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[10]);
            await stream.WriteAsync("-OOM command not allowed\r\n"u8.ToArray());
            await EchoingPeer.UntilLeftAsync(stream);
        });
        await using var connection = await RespConnection.OpenAsync("127.0.0.1", peer.Port, CancellationToken.None);
        (await connection.SendAsync(Resp.Command("SET", "a"), CancellationToken.None)).Kind.ShouldBe(RespKind.Error);
        connection.IsUsable.ShouldBeTrue();
    }
}
