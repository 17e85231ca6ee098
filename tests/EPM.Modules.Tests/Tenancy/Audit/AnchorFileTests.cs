using EPM.Platform.Audit;

namespace EPM.Modules.Tests.Tenancy.Audit;

public sealed class AnchorFileTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 30, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("epm-anchors");

    private string Log => Path.Combine(_folder.FullName, "audit-anchors.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_added_is_read_back()
    {
        var anchors = Enumerable.Range(1, 5).Select(number => Anchor(1, number)).ToArray();
        new AnchorFile(Log).TryAppend(anchors).ShouldBeTrue();
        AnchorFile.Read(Log).Select(anchor => anchor.ToString()).ShouldBe(anchors.Select(anchor => anchor.ToString()));
    }

    [Fact]
    public void Half_a_line_of_a_crash_spoils_nothing_before_or_behind_it()
    {
        new AnchorFile(Log).TryAppend([Anchor(1, 1)]).ShouldBeTrue();
        File.AppendAllText(Log, Anchor(1, 2).ToString()[..70]);
        new AnchorFile(Log).TryAppend([Anchor(1, 3)]).ShouldBeTrue();
        AnchorFile.Read(Log).Select(anchor => anchor.Number).ShouldBe([1, 3]);
    }

    [Fact]
    public void A_file_that_is_put_aside_hands_the_newest_of_every_chain_on()
    {
        var file = new AnchorFile(Log, rotateAt: 2_000);
        file.TryAppend([Anchor(9, 4)]).ShouldBeTrue();
        for (var number = 1; number <= 60; number++)
            file.TryAppend([Anchor(1, number)]).ShouldBeTrue();
        new FileInfo(Log).Length.ShouldBeLessThan(3_000);
        var newest = File.ReadLines(Log).Select(AuditAnchor.Of).OfType<AuditAnchor>().GroupBy(anchor => anchor.Tenant).ToDictionary(chain => chain.Key, chain => chain.Last().Number);
        newest.ShouldBe(new Dictionary<Guid, long> { [Chain(9)] = 4, [Chain(1)] = 60 }, ignoreOrder: true);
    }

    [Fact]
    public void Two_processes_take_turns()
    {
        Directory.CreateDirectory(_folder.FullName);
        using (new FileStream(Log + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            new AnchorFile(Log).TryAppend([Anchor(1, 1)]).ShouldBeFalse();
        new AnchorFile(Log).TryAppend([Anchor(1, 1)]).ShouldBeTrue();
    }

    private static Guid Chain(int tenant) => new(tenant, 0, 0, new byte[8]);

    private static AuditAnchor Anchor(int tenant, int number) => new(At, Chain(tenant), number, [.. Enumerable.Repeat((byte)number, 32)]);
}
