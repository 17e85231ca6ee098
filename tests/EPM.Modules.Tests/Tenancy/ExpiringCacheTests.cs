using EPM.Platform.Caching;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class ExpiringCacheTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void A_value_dies_at_its_instant()
    {
        var cache = new ExpiringCache<string, int>(10, _clock);
        cache.Set("a", 1, _clock.GetUtcNow().AddSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(4));
        cache.TryGet("a", out var alive).ShouldBeTrue();
        alive.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        cache.TryGet("a", out _).ShouldBeFalse();
    }

    [Fact]
    public void Full_it_drops_the_dead_first_and_never_grows()
    {
        var cache = new ExpiringCache<int, int>(100, _clock);
        for (var key = 0; key < 50; key++)
            cache.Set(key, key, _clock.GetUtcNow().AddSeconds(1));
        for (var key = 50; key < 100; key++)
            cache.Set(key, key, _clock.GetUtcNow().AddSeconds(60));
        _clock.Advance(TimeSpan.FromSeconds(2));
        cache.Set(100, 100, _clock.GetUtcNow().AddSeconds(60));
        Enumerable.Range(50, 51).Count(key => cache.TryGet(key, out _)).ShouldBe(51);
        for (var key = 101; key < 10_000; key++)
            cache.Set(key, key, _clock.GetUtcNow().AddSeconds(60));
        Enumerable.Range(0, 10_000).Count(key => cache.TryGet(key, out _)).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public void What_is_removed_is_gone_and_makes_room()
    {
        var cache = new ExpiringCache<int, int>(2, _clock);
        var until = _clock.GetUtcNow().AddSeconds(60);
        cache.Set(1, 1, until);
        cache.Set(2, 2, until);
        cache.Remove(1);
        cache.RemoveWhere((key, _) => key == 1);
        cache.Set(3, 3, until);
        cache.TryGet(1, out _).ShouldBeFalse();
        (cache.TryGet(2, out _), cache.TryGet(3, out _)).ShouldBe((true, true));
    }
}
