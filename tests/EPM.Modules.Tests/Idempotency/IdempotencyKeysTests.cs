using System.Net;
using System.Net.Http.Json;
using System.Text;
using EPM.Platform.Idempotency;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Idempotency;

public sealed class IdempotencyKeysTests : FeatureTest
{
    private const string Regions = "/api/v1/regions";

    [Fact]
    public async Task Five_duplicates_at_once_of_300_keys_are_300_effects_and_one_answer_a_key()
    {
        var admin = await Tenant.As(Roles.Admin);
        var answers = new string[300][];
        await Parallel.ForEachAsync(Enumerable.Range(0, answers.Length), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            answers[number] = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
            {
                using var answer = await admin.PostKeyedAsync(Regions, Region(number), $"key {number}");
                return $"{(int)answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}";
            })));
        answers.ShouldAllBe(same => same.All(one => one == same[0] && one.StartsWith("201 ", StringComparison.Ordinal)));
        (await admin.GetJsonAsync(Regions)).GetProperty("items").GetArrayLength().ShouldBe(300);
    }

    [Fact]
    public async Task A_retry_is_told_from_the_first_and_another_body_path_or_query_from_a_retry()
    {
        var admin = await Tenant.As(Roles.Admin);
        using var first = await admin.PostKeyedAsync(Regions, Region(1), "key");
        first.Headers.Contains(IdempotencyKeys.ReplayedHeader).ShouldBeFalse();
        using var again = await admin.PostKeyedAsync(Regions, Region(1), "key");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues(IdempotencyKeys.ReplayedHeader).ShouldBe(["true"]);
        using var other = await admin.PostKeyedAsync(Regions, Region(2), "key");
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        using var query = await admin.PostKeyedAsync(Regions + "?a=1", Region(1), "key");
        await query.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_key_is_one_callers_one_routes_and_one_chains()
    {
        var other = await Host.NewTenantAsync();
        foreach (var (client, number) in new[] { (await Tenant.As(Roles.Admin), 1), (await Tenant.As(Roles.Director), 2), (await other.As(Roles.Admin), 3) })
        {
            using var answer = await client.PostKeyedAsync(Regions, Region(number), "key");
            (await answer.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("code").GetString().ShouldBe($"R{number}");
        }
        using var category = await (await Tenant.As(Roles.Admin)).PostKeyedAsync("/api/v1/categories", new { code = "C1", name = "Rayon" }, "key");
        category.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_failed_is_done_when_it_is_asked_again()
    {
        var admin = await Tenant.As(Roles.Admin);
        using var invalid = await admin.PostKeyedAsync(Regions, new { code = "", name = "" }, "invalid");
        await invalid.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        using var valid = await admin.PostKeyedAsync(Regions, Region(1), "invalid");
        valid.StatusCode.ShouldBe(HttpStatusCode.Created, "a request that was refused has left no key");

        var child = new { code = "C2", name = "Enfant", parent = "C1" };
        using var early = await admin.PostKeyedAsync("/api/v1/categories", child, "rolled back");
        early.IsSuccessStatusCode.ShouldBeFalse();
        using var parent = await admin.PostAsJsonAsync("/api/v1/categories", new { code = "C1", name = "Parent" });
        using var late = await admin.PostKeyedAsync("/api/v1/categories", child, "rolled back");
        late.StatusCode.ShouldBe(HttpStatusCode.Created);
        late.Headers.Contains(IdempotencyKeys.ReplayedHeader).ShouldBeFalse();
    }

    [Theory]
    [InlineData("clé")]
    [InlineData(null)]
    public async Task A_key_that_is_none_is_refused(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Regions) { Content = JsonContent.Create(Region(1)) };
        request.Headers.TryAddWithoutValidation(IdempotencyKeys.Header, key ?? new string('k', 256));
        using var answer = await (await Tenant.As(Roles.Admin)).SendAsync(request);
        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "idempotency_key_invalid");
    }

    [Fact]
    public async Task While_another_host_works_on_a_key_its_duplicate_is_told_so_and_when_to_ask_again()
    {
        var admin = await Tenant.As(Roles.Admin);
        var caller = (await admin.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("id").GetGuid();
        await using (var other = await Host.AsAppAsync(Tenant.Id.ToString()))
        {
            await other.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", $"{Tenant.Id}|{caller}|POST {Regions}|key");
            using var waiting = await admin.PostKeyedAsync(Regions, Region(1), "key");
            await waiting.ShouldBeProblemAsync(HttpStatusCode.Conflict, "idempotency_in_flight");
            waiting.Headers.RetryAfter.ShouldNotBeNull();
        }
        using var after = await admin.PostKeyedAsync(Regions, Region(1), "key");
        after.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nothing_of_an_answer_or_a_request_can_be_read_where_it_is_kept()
    {
        var person = new { name = "Quelqu’un", email = "personne@chaine.test", password = TestTenant.Password, role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = false } };
        using var added = await (await Tenant.As(Roles.Admin)).PostKeyedAsync("/api/v1/users", person, "key");
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await (await Tenant.As(Roles.Admin)).PostKeyedAsync("/api/v1/users", person, "key");
        (await again.Content.ReadAsStringAsync()).ShouldBe(await added.Content.ReadAsStringAsync());
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        var kept = Encoding.Latin1.GetString(await app.ScalarAsync<byte[]>("SELECT answer || fingerprint FROM platform.idempotency"));
        kept.ShouldNotContain("personne@chaine.test");
        kept.Length.ShouldBeGreaterThan(100);
    }

    private static object Region(int number) => new { code = $"R{number}", name = $"Région {number}" };
}
