using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

public sealed class RefusedJobsTests : SalesTest
{
    [Theory]
    [InlineData("gen_random_uuid()", "'inconnu'")]
    [InlineData("gen_random_uuid()", "$slug")]
    public async Task A_job_whose_tenant_is_unknown_or_is_not_its_address_is_refused_for_good(string tenant, string slug)
    {
        var import = await Tenant.SellAsync(File("N1,T1,1,2026-05-04,P1,2,1000,0,0.18,"));
        var job = Guid.CreateVersion7();
        await Host.AsAdminAsync($"""
            INSERT INTO platform.job (job_id, tenant, slug, kind, subject)
            VALUES ('{job}', {tenant}, {slug.Replace("$slug", $"'{Tenant.Slug}'", StringComparison.Ordinal)}, 'import', '{import.GetProperty("id").GetGuid()}')
            """);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await Host.AsAdminAsync($"SELECT failed FROM platform.job WHERE job_id = '{job}'") is not true)
            deadline.Token.ThrowIfCancellationRequested();
        (await Host.AsAdminAsync($"SELECT attempts FROM platform.job WHERE job_id = '{job}'")).ShouldBe(1);
        (await Tenant.LinesAsync()).Length.ShouldBe(1);
    }
}
