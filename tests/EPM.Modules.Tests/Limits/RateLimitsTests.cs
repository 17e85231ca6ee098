using EPM.Platform.Limits;

namespace EPM.Modules.Tests.Limits;

public sealed class RateLimitsTests
{
    private static readonly Guid Tenant = new(1, 0, 0, new byte[8]);

    private readonly Ticking _time = new();

    [Fact]
    public void A_minutes_requests_may_come_at_once_and_flow_back_evenly()
    {
        var rates = new RateLimits(_time);
        Enumerable.Range(0, 150).Count(_ => rates.Take(Tenant, "user:a", 100).Allowed).ShouldBe(100);
        var refused = rates.Take(Tenant, "user:a", 100);
        refused.RetryAfter.TotalSeconds.ShouldBe(0.6, 0.001);
        refused.Reset.TotalSeconds.ShouldBe(60, 0.001);
        _time.Pass(TimeSpan.FromSeconds(6));
        Enumerable.Range(0, 150).Count(_ => rates.Take(Tenant, "user:a", 100).Allowed).ShouldBe(10);
        rates.Take(Tenant, "user:b", 100).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void A_director_who_clicks_once_a_second_for_an_hour_is_never_limited()
    {
        // The front end asks for one to three things a click, and for nine when it opens.
        var rates = new RateLimits(_time);
        Enumerable.Range(0, 9).ShouldAllBe(_ => rates.Take(Tenant, "user:a", 100).Allowed);
        for (var second = 0; second < 3600; second++)
        {
            rates.Take(Tenant, "user:a", 100).Allowed.ShouldBeTrue();
            if (second % 2 == 0)
                rates.Take(Tenant, "user:a", 100).Allowed.ShouldBeTrue();
            _time.Pass(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void What_other_hosts_let_through_is_taken_out_here_once()
    {
        var bucket = new Bucket(_time, 100);
        for (var taken = 0; taken < 10; taken++)
            bucket.Take(100);
        bucket.Learn(7, total: 60, own: bucket.Collect());
        bucket.Take(100).Remaining.ShouldBe(39);
        bucket.Learn(7, total: 61, own: bucket.Collect());
        bucket.Take(100).Remaining.ShouldBe(38);
        bucket.LastMinute(7, 0.5).ShouldBe(62);
        bucket.Learn(8, total: 1, own: bucket.Collect());
        bucket.LastMinute(8, 0.5).ShouldBe(1 + 31);
        bucket.Take(100).Remaining.ShouldBe(37);
    }

    [Fact]
    public void Without_other_hosts_nothing_is_lost_and_nothing_counted_twice()
    {
        var bucket = new Bucket(_time, 100);
        bucket.Take(100);
        bucket.Learn(7, total: null, own: bucket.Collect());
        bucket.Take(100);
        bucket.Learn(7, total: null, own: bucket.Collect());
        bucket.LastMinute(7, 0).ShouldBe(2);
        bucket.Take(100).Remaining.ShouldBe(97);
    }

    [Fact]
    public void A_raised_limit_may_be_used_at_once_and_a_lowered_one_binds_at_once()
    {
        var rates = new RateLimits(_time);
        Enumerable.Range(0, 20).Count(_ => rates.Take(Tenant, "user:a", 10).Allowed).ShouldBe(10);
        Enumerable.Range(0, 150).Count(_ => rates.Take(Tenant, "user:a", 100).Allowed).ShouldBe(90);
        _time.Pass(TimeSpan.FromMinutes(1));
        Enumerable.Range(0, 50).Count(_ => rates.Take(Tenant, "user:a", 10).Allowed).ShouldBe(10);
    }

    private sealed class Ticking : TimeProvider
    {
        private long _at = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _at;

        public void Pass(TimeSpan time) => _at += time.Ticks;
    }
}
