using System.Net;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

public sealed class IdempotencyTests : SalesTest
{
    private static readonly string One = File("N1,T1,1,2026-05-04T10:00:00Z,P1,2,1000,0,0.18,");

    [Fact]
    public async Task The_same_request_sent_many_times_under_one_key_is_one_import()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync("key 1")));
        ids.Distinct().Count().ShouldBe(1);
        (await Tenant.EndOfAsync(ids[0])).GetProperty("added").GetInt64().ShouldBe(1);
        (await SendAsync("key 1")).ShouldBe(ids[0], "also once the import has ended");
        (await (await Tenant.As(Roles.Admin)).GetJsonAsync("/api/v1/imports")).GetProperty("total").GetInt32().ShouldBe(1);
        (await SendAsync("key 2")).ShouldNotBe(ids[0]);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "mode=atomic")]
    [InlineData(false, "dryRun=true")]
    public async Task The_same_key_for_another_request_is_refused(bool otherBody, string query)
    {
        await Tenant.EndOfAsync(await SendAsync("key"));
        using var other = await Tenant.UploadAsync(Uploads.Csv(otherBody ? One + "N1,T2,1,2026-05-04,P1,2,1000,0,0.18,\n" : One), query, key: "key");
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await Tenant.LinesAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_of_two_chains_have_nothing_to_do_with_each_other()
    {
        var other = await Host.NewTenantAsync();
        await other.OpenChainAsync();
        using var first = await Tenant.UploadAsync(Uploads.Csv(One), key: "key");
        using var second = await other.UploadAsync(Uploads.Csv(One.Replace("1000", "2000", StringComparison.Ordinal)), key: "key");
        (await Tenant.EndOfAsync(await first.IdAsync())).State().ShouldBe("completed");
        (await other.EndOfAsync(await second.IdAsync())).State().ShouldBe("completed");
        (await Tenant.LinesAsync()).Single().ShouldContain("2×1000");
        (await other.LinesAsync()).Single().ShouldContain("2×2000");
    }

    [Fact]
    public async Task A_key_of_no_length_or_too_much_is_refused_and_keeps_nothing()
    {
        using var response = await Tenant.UploadAsync(Uploads.Csv(One), key: new string('k', 256));
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "idempotency_key_invalid");
        (await (await Tenant.As(Roles.Admin)).GetJsonAsync("/api/v1/imports")).GetProperty("total").GetInt32().ShouldBe(0);
    }

    private async Task<Guid> SendAsync(string key)
    {
        using var response = await Tenant.UploadAsync(Uploads.Csv(One), key: key);
        return await response.IdAsync();
    }
}
