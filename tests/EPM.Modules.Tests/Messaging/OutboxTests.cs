using EPM.Platform.Messaging;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Modules.Tests.Messaging;

public sealed class OutboxTests : IAsyncLifetime
{
    private const string Tables = """
        CREATE TABLE public.effect (no bigint GENERATED ALWAYS AS IDENTITY, tenant_id uuid, about text, number int);
        CREATE TABLE public.echo (LIKE public.effect INCLUDING ALL);
        CREATE TABLE public.subject (about text PRIMARY KEY, number int NOT NULL);
        GRANT ALL ON public.effect, public.echo, public.subject TO epm_app
        """;

    private EpmHost _host = null!;
    private TestTenant _tenant = null!;
    private NpgsqlDataSource _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync(services: Listen);
        _admin = NpgsqlDataSource.Create(_host.Connection);
        await ExecuteAsync(Tables);
        _tenant = await _host.NewTenantAsync();
    }

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task Facts_of_16_writers_have_their_effect_once_each_and_in_order_within_a_subject_whoever_delivers_them()
    {
        var other = await EpmHost.StartAsync(connection: _host.Connection, services: Listen);
        await ExecuteAsync("INSERT INTO public.subject SELECT 's' || n, 0 FROM generate_series(0, 19) n");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 30; n++)
                await NoteAsync($"s{(writer + n) % 20}", failures: (writer + n) % 40 == 0 ? 1 : 0);
        })));
        await DeliverAllAsync(_host, other);
        (await ScalarAsync<long>("SELECT count(*) FROM public.effect")).ShouldBe(480);
        (await ScalarAsync<long>("SELECT count(*) FROM public.echo")).ShouldBe(480);
        (await ScalarAsync<long>("SELECT count(*) FROM (SELECT DISTINCT about, number FROM public.effect) once")).ShouldBe(480);
        (await ScalarAsync<long>("SELECT count(*) FROM (SELECT number, lag(number) OVER (PARTITION BY about ORDER BY no) AS before FROM public.effect) told WHERE number <> coalesce(before, 0) + 1")).ShouldBe(0);
        (await ScalarAsync<long>("SELECT (SELECT count(*) FROM platform.fact) + (SELECT count(*) FROM platform.inbox)")).ShouldBe(0);
    }

    [Fact]
    public async Task A_fact_told_in_a_unit_of_work_that_does_not_commit_was_never_told()
    {
        await Should.ThrowAsync<InvalidDataException>(_tenant.InTransactionAsync<int>((_, services) =>
        {
            services.GetRequiredService<IOutbox>().Tell(new Noted("s", 1, 0));
            throw new InvalidDataException("rolled back");
        }));
        (await ScalarAsync<long>("SELECT count(*) FROM platform.delivery")).ShouldBe(0);
    }

    [Fact]
    public async Task A_fact_that_fails_for_good_is_put_aside_with_its_reason_after_the_others_have_reacted_and_lets_the_next_pass()
    {
        await ExecuteAsync("INSERT INTO public.subject VALUES ('s', 0)");
        await NoteAsync("s", failures: int.MaxValue);
        await NoteAsync("s", failures: 0);
        var dispatcher = ActivatorUtilities.CreateInstance<FactDispatcher>(_host.Services);
        while (await ScalarAsync<long>("SELECT count(*) FROM platform.delivery WHERE dead") == 0)
        {
            await dispatcher.DeliverDueAsync(turn: 0, CancellationToken.None);
            await ExecuteAsync("UPDATE platform.delivery SET due_at = clock_timestamp() WHERE NOT dead");
        }
        await DeliverAllAsync(_host);
        (await ScalarAsync<int>("SELECT attempts FROM platform.delivery WHERE dead")).ShouldBe(FactDispatcher.MostAttempts);
        (await ScalarAsync<string>("SELECT failure FROM platform.fact")).ShouldContain("not yet");
        (await ScalarAsync<string>("SELECT string_agg(number::text, ',' ORDER BY no) FROM public.effect")).ShouldBe("2");
        (await ScalarAsync<string>("SELECT string_agg(number::text, ',' ORDER BY no) FROM public.echo")).ShouldBe("1,2");
    }

    [Fact]
    public async Task A_fact_of_no_known_tenant_enters_nobodys_scope()
    {
        await ExecuteAsync($"INSERT INTO platform.delivery (tenant, slug, fact_id, kind, stream) VALUES (gen_random_uuid(), '{_tenant.Slug}', gen_random_uuid(), '{typeof(Noted).FullName}', 1)");
        await DeliverAllAsync(_host);
        (await ScalarAsync<bool>("SELECT dead FROM platform.delivery")).ShouldBeTrue();
        (await ScalarAsync<long>("SELECT count(*) FROM public.effect")).ShouldBe(0);
    }

    [Fact]
    public async Task A_tenant_with_much_to_deliver_takes_one_batch_when_it_is_its_turn_and_the_next_tenant_is_served()
    {
        var still = await EpmHost.StartAsync(services: ListenAndWait);
        await using var admin = NpgsqlDataSource.Create(still.Connection);
        await using (var tables = admin.CreateCommand(Tables))
            await tables.ExecuteNonQueryAsync();
        var (talkative, quiet) = (await still.NewTenantAsync(), await still.NewTenantAsync());
        await TellAsync(talkative, Enumerable.Range(0, 100).Select(n => $"s{n}"));
        await TellAsync(quiet, Enumerable.Repeat("one", 20));
        var dispatcher = ActivatorUtilities.CreateInstance<FactDispatcher>(still.Services);
        await dispatcher.DeliverDueAsync(turn: 0, CancellationToken.None);
        await using var order = admin.CreateCommand($"SELECT array_agg(number ORDER BY no) FROM public.effect WHERE tenant_id = '{quiet.Id}'");
        ((int[])(await order.ExecuteScalarAsync())!).ShouldBeSubsetOf(Enumerable.Range(0, 16));
        await using var left = admin.CreateCommand($"SELECT count(*) FROM platform.delivery WHERE tenant = '{talkative.Id}'");
        ((long)(await left.ExecuteScalarAsync())!).ShouldBeGreaterThanOrEqualTo(100 - 64);
        while (await dispatcher.DeliverDueAsync(turn: 1, CancellationToken.None) > 0)
            continue;
        (await order.ExecuteScalarAsync()).ShouldBe(Enumerable.Range(0, 20).ToArray());
        (await left.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task A_fact_of_a_tenant_that_this_host_did_not_know_a_moment_ago_is_delivered()
    {
        var still = await EpmHost.StartAsync(services: ListenAndWait);
        var other = await EpmHost.StartAsync(connection: still.Connection, services: ListenAndWait);
        await using var admin = NpgsqlDataSource.Create(still.Connection);
        await using (var tables = admin.CreateCommand(Tables))
            await tables.ExecuteNonQueryAsync();
        using (var curious = other.Client("tout-juste-ouvert"))
        {
            using var nobody = await curious.GetAsync("/api/v1/site");
            nobody.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        }
        await TellAsync(await still.NewTenantAsync("tout-juste-ouvert"), ["s"]);
        (await ActivatorUtilities.CreateInstance<FactDispatcher>(other.Services).DeliverDueAsync(turn: 0, CancellationToken.None)).ShouldBe(1);
        await using var refused = admin.CreateCommand("SELECT count(*) FROM platform.delivery");
        (await refused.ExecuteScalarAsync()).ShouldBe(0L);
    }

    private static Task<int> TellAsync(TestTenant tenant, IEnumerable<string> subjects) => tenant.InTransactionAsync((_, services) =>
    {
        var outbox = services.GetRequiredService<IOutbox>();
        var number = 0;
        foreach (var subject in subjects)
            outbox.Tell(new Noted(subject, number++, Failures: 0));
        return Task.FromResult(number);
    });

    private static void Listen(IServiceCollection services) => Reactions.AddTo(services, [typeof(Notebook).Assembly]);

    private static void ListenAndWait(IServiceCollection services)
    {
        Listen(services);
        services.Remove(services.Single(service => service.ImplementationType == typeof(FactDispatcher)));
    }

    // The subject's row is locked to the commit, so its number tells the order of the commits.
    private Task<int> NoteAsync(string about, int failures) => _tenant.InTransactionAsync(async (session, services) =>
    {
        await using var count = session.Command("UPDATE public.subject SET number = number + 1 WHERE about = $1 RETURNING number");
        count.Parameters.Add(new NpgsqlParameter<string> { TypedValue = about });
        var number = (int)(await count.ExecuteScalarAsync())!;
        services.GetRequiredService<IOutbox>().Tell(new Noted(about, number, failures));
        return number;
    });

    // Beside the lanes that the hosts run of their own.
    private async Task DeliverAllAsync(params EpmHost[] hosts)
    {
        var dispatchers = hosts.Select(host => ActivatorUtilities.CreateInstance<FactDispatcher>(host.Services)).ToArray();
        while (await ScalarAsync<long>("SELECT count(*) FROM platform.delivery WHERE NOT dead") > 0)
            await Task.WhenAll(dispatchers.Select((dispatcher, n) => dispatcher.DeliverDueAsync(n, CancellationToken.None)));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _admin.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
