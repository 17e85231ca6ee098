using System.Diagnostics;
using System.Globalization;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Running;
using EPM.Platform.Messaging;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Benchmarks.Trust;

/// <summary>T29: writers that commit in any order, dispatchers that are killed, and every effect once and in order.</summary>
internal static class ToldFacts
{
    private const int Facts = 200_000;
    private const int AtOnce = 10;
    private const int Writers = 16;
    private const int Subjects = 10_000;
    private const int Kills = 30;

    public static async Task RunAsync(Options options, TrustReport report)
    {
        var admin = await Site.CreateDatabaseAsync(options, "trust_facts");
        await using var site = await Site.OpenAsync(options, admin);
        await site.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TABLE public.effect (no bigint GENERATED ALWAYS AS IDENTITY, about text, number int, at timestamptz NOT NULL DEFAULT clock_timestamp());
            CREATE TABLE public.told (about text, number int, at timestamptz NOT NULL);
            CREATE TABLE public.subject (about text PRIMARY KEY, number int NOT NULL);
            INSERT INTO public.subject SELECT 's' || n, 0 FROM generate_series(1, {Subjects}) n;
            GRANT ALL ON public.effect, public.told, public.subject TO epm_app
            """));
        var dispatchers = Enumerable.Range(0, 4).Select(_ => Start(admin, options)).ToArray();
        using var done = new CancellationTokenSource();
        var killing = KillAsync(dispatchers, () => Start(admin, options), done.Token);
        var writing = Stopwatch.StartNew();
        await using (var services = Dispatching.Services(admin, options.Scratch))
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(site, services, writer))));
        var rate = Facts / writing.Elapsed.TotalSeconds;
        while (await site.ScalarAsync<long>("SELECT count(*) FROM platform.delivery") > 0)
            await Task.Delay(20);
        await done.CancelAsync();
        var kills = await killing;
        foreach (var dispatcher in dispatchers)
            await EndAsync(dispatcher);
        var effects = await site.ScalarAsync<long>("SELECT count(*) FROM public.effect");
        var once = await site.ScalarAsync<long>("SELECT count(*) FROM (SELECT DISTINCT about, number FROM public.effect) once");
        var turned = await site.ScalarAsync<long>("SELECT count(*) FROM (SELECT number, lag(number) OVER (PARTITION BY about ORDER BY no) AS before FROM public.effect) told WHERE number <> coalesce(before, 0) + 1");
        var left = await site.ScalarAsync<long>("SELECT (SELECT count(*) FROM platform.fact) + (SELECT count(*) FROM platform.inbox)");
        var lag = await site.ScalarAsync<double>("SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM effect.at - told.at)::double precision)) FROM public.effect JOIN public.told USING (about, number)");
        report.Add(new TrustFigure("T29", $"{Facts:N0} facts of {Writers} writers about {Subjects} subjects, 4 dispatchers, {kills} kill -9; commits up to 0.5 s behind their numbers",
            string.Create(CultureInfo.InvariantCulture, $"{Facts - once} skipped, {effects - once} doubled, {turned} out of order, {left} rows left; lag p99 {lag:0.00} s behind the commit, at {rate:0} facts a second"),
            "0 skipped, 0 doubled, 0 out of order, 0 left, lag p99 ≤ 2 s", once == Facts && effects == Facts && turned == 0 && left == 0 && lag <= 2 && kills == Kills));
    }

    // Subjects are locked in one order, and to the commit: their numbers tell the order of the commits.
    private static async Task WriteAsync(Site site, ServiceProvider services, int writer)
    {
        var (abouts, numbers, times) = (new List<string>(), new List<int>(), new List<DateTimeOffset>());
        var random = new SplitMix((ulong)writer);
        for (var told = 0; told < Facts / Writers; told += AtOnce)
        {
            var subjects = new SortedSet<string>(StringComparer.Ordinal);
            while (subjects.Count < AtOnce)
                subjects.Add($"s{random.Below(Subjects) + 1}");
            await using var scope = services.CreateAsyncScope();
            var tenant = await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().FindAsync(Site.Slug, CancellationToken.None);
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant!);
            var session = scope.ServiceProvider.GetRequiredService<TenantSession>();
            var outbox = scope.ServiceProvider.GetRequiredService<IOutbox>();
            await session.BeginAsync(readOnly: false, CancellationToken.None);
            foreach (var subject in subjects)
            {
                await using var count = session.Command("UPDATE public.subject SET number = number + 1 WHERE about = $1 RETURNING number");
                count.Parameters.Add(new NpgsqlParameter<string> { TypedValue = subject });
                var number = (int)(await count.ExecuteScalarAsync())!;
                outbox.Tell(new Counted(subject, number));
                abouts.Add(subject);
                numbers.Add(number);
            }
            var pause = TimeSpan.FromMilliseconds(random.Below(500));
            session.AtCommit(() => new LateCommit(pause));
            await session.CommitAsync(CancellationToken.None);
            times.AddRange(Enumerable.Repeat(TimeProvider.System.GetUtcNow(), AtOnce));
        }
        await using var keep = site.Admin.CreateCommand("INSERT INTO public.told SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[])");
        keep.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. abouts] });
        keep.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. numbers] });
        keep.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. times] });
        await keep.ExecuteNonQueryAsync();
    }

    // Behind the facts, which have their numbers by then: numbers become visible in another order than they were given in.
    private sealed class LateCommit(TimeSpan pause) : ICommitStep
    {
        public int Order => int.MaxValue;

        public Task BeforeCommitAsync(TenantSession session, CancellationToken ct) => Task.Delay(pause, ct);
    }

    private static async Task<int> KillAsync(Process[] dispatchers, Func<Process> start, CancellationToken done)
    {
        var kills = 0;
        try
        {
            for (; kills < Kills; kills++)
            {
                await Task.Delay(TimeSpan.FromSeconds(2), done);
                await EndAsync(dispatchers[kills % dispatchers.Length]);
                dispatchers[kills % dispatchers.Length] = start();
            }
        }
        catch (OperationCanceledException)
        {
            // All is delivered; whatever was not killed by then is told.
        }
        return kills;
    }

    private static Process Start(string admin, Options options) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(ToldFacts).Assembly.Location, "dispatch", admin, options.Scratch]) { RedirectStandardOutput = false })!;

    private static async Task EndAsync(Process dispatcher)
    {
        dispatcher.Kill();
        await dispatcher.WaitForExitAsync();
        dispatcher.Dispose();
    }
}
