using EPM.Platform.Limits;

namespace EPM.Modules.Tests.Limits;

public sealed class FairGateTests
{
    private static readonly Guid A = new(1, 0, 0, new byte[8]);
    private static readonly Guid B = new(2, 0, 0, new byte[8]);

    private readonly FairGate _gate = new(8, 20, TimeProvider.System);

    [Fact]
    public async Task A_tenant_that_is_alone_has_most_places_and_a_second_one_still_finds_one_at_once()
    {
        var entered = Enumerable.Range(0, 10).Select(_ => Enter(A)).ToArray();
        entered.Count(one => one.IsCompletedSuccessfully).ShouldBe(6);
        Enter(B).IsCompletedSuccessfully.ShouldBeTrue();
        // B is there now, so A gives up what is above its share before it gets anything more.
        Leave(A, 4);
        entered.Count(one => one.IsCompletedSuccessfully).ShouldBe(6);
        Leave(A, 1);
        (await Task.WhenAny(entered[6..])).ShouldBe(entered[6]);
    }

    [Fact]
    public async Task Those_who_wait_are_served_in_turn_between_tenants()
    {
        for (var place = 0; place < 2; place++)
            (await Enter(A), await Enter(B)).ShouldBe((true, true));
        var ofA = Enumerable.Range(0, 10).Select(_ => Enter(A)).ToArray();
        var ofB = Enter(B);
        Leave(A, 1);
        await ofA[0];
        Leave(B, 1);
        await ofB;
        ofA.Count(one => one.IsCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task A_full_queue_is_refused_at_once_and_those_who_left_it_make_room()
    {
        using var gone = new CancellationTokenSource();
        for (var place = 0; place < 6; place++)
            await Enter(A);
        var waiting = Enumerable.Range(0, 20).Select(_ => Enter(A, gone.Token)).ToArray();
        (await Enter(A)).ShouldBeFalse();
        await gone.CancelAsync();
        foreach (var one in waiting)
            await Should.ThrowAsync<OperationCanceledException>(one);
        var next = Enter(A);
        next.IsCompleted.ShouldBeFalse();
        Leave(A, 1);
        (await next).ShouldBeTrue();
    }

    [Fact]
    public async Task Whatever_happens_every_place_comes_back()
    {
        var dice = new Random(20261121);
        var work = Enumerable.Range(0, 2_000).Select(number => (Tenant: number % 3 == 0 ? B : A, Leaves: dice.Next(4) == 0)).Select(async one =>
        {
            using var left = new CancellationTokenSource();
            var place = _gate.EnterAsync(one.Tenant, 6, 2, left.Token).AsTask();
            if (one.Leaves)
                await left.CancelAsync();
            await Task.Yield();
            if (await place.ContinueWith(done => done.IsCompletedSuccessfully && done.Result, TaskScheduler.Default))
                _gate.Leave(one.Tenant);
        });
        await Task.WhenAll(work);
        var after = Enumerable.Range(0, 2).Select(_ => Enter(A)).Concat(Enumerable.Range(0, 2).Select(_ => Enter(B))).ToArray();
        after.ShouldAllBe(one => one.IsCompletedSuccessfully && one.Result);
    }

    private Task<bool> Enter(Guid tenant, CancellationToken ct = default) => _gate.EnterAsync(tenant, 6, 2, ct).AsTask();

    private void Leave(Guid tenant, int places)
    {
        for (var left = 0; left < places; left++)
            _gate.Leave(tenant);
    }
}
