using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T14: a million operations over shared Redis connections, of which one in twenty is given up.</summary>
internal static class SharedReplies
{
    private const int Operations = 1_000_000;

    public static async Task RunAsync(Options options, TrustReport report)
    {
        await using var peer = new EchoingPeer();
        var (answered, givenUp, wrong, lost) = await EchoRun.RunAsync(peer.Port, Operations, callers: 64, seed: 20261121);
        report.Add(new TrustFigure("T14", $"{Operations:N0} operations of 64 callers over shared Redis connections, one in twenty given up",
            $"{wrong} replies for somebody else; {answered:N0} answered, {givenUp:N0} given up, {lost:N0} refused by a connection that was being discarded", "0 for somebody else", wrong == 0 && answered > Operations / 2));
    }
}
