using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EPM.TestKit;
using Npgsql;

namespace EPM.Modules.Tests.Deploy;

/// <summary>Two hosts on one database behind the proxy: nobody has to know which of them answers, and either may go at any time.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private const string Slug = "deux";
    private const int Lines = 120_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private string _connection = null!;
    private TwoHosts _site = null!;

    public async Task InitializeAsync()
    {
        _connection = await TestDatabases.CopyAsync();
        _site = await TwoHosts.StartAsync(new HostStart(_connection)
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["EPM_DRAIN_SECONDS"] = "5",
                ["EPM_SECRET"] = "a secret of two hosts, known to all",
                ["EPM_PROXIES"] = "127.0.0.0/8",
                // Told apart here is a host that goes from one that stays, not a fast machine from a slow one.
                ["EPM_DEADLINE_SECONDS"] = "60",
                ["EPM_LIMIT_REQUESTS"] = "100000",
                ["EPM_LIMIT_MOST"] = "100000",
                ["EPM_LIMIT_ANONYMOUS"] = "100000",
            },
        });
        await _site.OpenChainAsync(Slug);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_session_begun_on_one_host_goes_on_on_the_other()
    {
        using var client = await _site.SignInAsync(Slug);
        for (var i = 0; i < 6; i++)
        {
            // Hosts take turns, so that an odd number of requests brings each to both.
            await TwoHosts.RefreshAsync(client);
            foreach (var path in new[] { "/api/v1/me", "/api/v1/regions" })
                (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        foreach (var path in new[] { "/api/v1/auth/refresh", "/api/v1/me" })
        {
            foreach (var host in _site.Hosts)
                _site.Nginx.Log.Split('\n').ShouldContain(line => line.Contains(path, StringComparison.Ordinal) && line.Contains($":{host.Port} 200", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_import_whose_host_is_told_to_end_is_finished_by_the_other_and_followed_to_its_end()
    {
        using var client = await _site.SignInAsync(Slug);
        await OpenShopAsync(client);
        var id = await UploadAsync(client);
        using (var events = await client.GetAsync($"/api/v1/imports/{id}/events", HttpCompletionOption.ResponseHeadersRead))
        using (var reader = new StreamReader(await events.Content.ReadAsStreamAsync()))
        {
            // Told as it goes, not at its end.
            (await NextAsync(reader)).GetProperty("state").GetString().ShouldBeOneOf("queued", "running");
        }
        var working = await WorkerAsync();
        (await _site.StopAsync(working)).ShouldBe(0, _site.Hosts[working].Log);
        JsonElement end;
        using (var events = await client.GetAsync($"/api/v1/imports/{id}/events", HttpCompletionOption.ResponseHeadersRead))
        using (var reader = new StreamReader(await events.Content.ReadAsStreamAsync()))
        {
            do
                end = await NextAsync(reader);
            while (end.GetProperty("state").GetString() is "queued" or "running");
        }
        end.GetProperty("state").GetString().ShouldBe("completed");
        end.GetProperty("added").GetInt64().ShouldBe(Lines);
        (await AskAsync<long>("SELECT count(*) FROM sales.line")).ShouldBe(Lines);
    }

    [Fact]
    public async Task Hosts_that_are_replaced_one_after_the_other_lose_no_request()
    {
        await using var ledger = new RequestLedger(_site, Slug);
        await ledger.BeginAsync(people: 4);
        for (var which = 0; which < 2; which++)
            (await _site.RestartAsync(which)).Code.ShouldBe(0, _site.Hosts[which].Log);
        await ledger.EndAsync();
        ledger.Failures.ShouldBeEmpty(string.Join('\n', _site.Nginx.Log.Split('\n').Where(line => line.Contains("disabled", StringComparison.Ordinal) || line.Contains("\" 50", StringComparison.Ordinal)).TakeLast(20)));
        ledger.Requests.ShouldBeGreaterThan(100);
        var (lost, doubled) = await ledger.CompareAsync();
        lost.ShouldBeEmpty();
        doubled.ShouldBeEmpty();
    }

    private static async Task OpenShopAsync(HttpClient client)
    {
        (await client.PostAsJsonAsync("/api/v1/regions", new { code = "R", name = "Région" })).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("/api/v1/stores", new { code = "S", name = "Magasin", region = "R", country = "SN", currency = "XOF", surface = 100, openedOn = "2020-01-01", closedOn = (string?)null, timeZone = "Africa/Dakar" })).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("/api/v1/categories", new { code = "C", name = "Rayon", parent = (string?)null })).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("/api/v1/products", new { sku = "P", name = "Article", category = "C", purchasePrice = 50, salePrice = 100, taxRate = 0.18 })).EnsureSuccessStatusCode();
    }

    private static async Task<string> UploadAsync(HttpClient client)
    {
        var file = new StringBuilder("store,ticket,line,sold_at,sku,quantity,unit_price\n");
        for (var i = 0; i < Lines; i++)
            file.Append(CultureInfo.InvariantCulture, $"S,T{i / 3},{(i % 3) + 1},2026-{(i % 12) + 1:00}-10 10:15,P,1,100\n");
        using var body = new StringContent(file.ToString());
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await client.PostAsync("/api/v1/imports?kind=sales", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    // Lines of an event: its name, its data, and an empty one.
    private static async Task<JsonElement> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
        }
        throw new InvalidOperationException("The events ended before the import did.");
    }

    // A job names the process that holds it.
    private async Task<int> WorkerAsync()
    {
        while (true)
        {
            var worker = await AskAsync<string>("SELECT coalesce(max(worker), '') FROM platform.job");
            for (var which = 0; which < 2; which++)
            {
                if (worker.Contains(string.Create(CultureInfo.InvariantCulture, $":{_site.Hosts[which].Pid}:"), StringComparison.Ordinal))
                    return which;
            }
            (await AskAsync<long>("SELECT count(*) FROM platform.job")).ShouldBe(1, "the import ended before its host could be told to");
        }
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
