using EPM.Platform.TenantCopies;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.TenantCopies;

/// <summary>A restore that ends in the middle has not been.</summary>
public sealed class CutRestoreTests : CopiesTest
{
    // What it is at, in the order it does it; the last is the end of its transaction.
    private static readonly string[] Moments =
        ["COPY pg_temp.restored_sales_line", "DELETE FROM tenancy.app_user", "INSERT INTO sales.line", "UPDATE sales.catalogue_version", "INSERT INTO platform.audit_entry"];

    [Fact]
    public async Task Whatever_it_was_at_the_chain_is_as_before_and_the_same_again_succeeds()
    {
        var file = await ExportAsync();
        var then = await PrintsAsync(Tenant);
        await Tenant.InTransactionAsync(async (session, _) =>
        {
            await using var damage = session.Command("DELETE FROM sales.line; UPDATE sales.product SET name = 'x'");
            return await damage.ExecuteNonQueryAsync();
        });
        var before = await PrintsAsync(Tenant, all: true);

        await using var proxy = FaultProxy.To(Host.Connection);
        await using var host = await EpmHost.StartAsync(connection: proxy.Through(Host.Connection));
        var far = host.Services.GetRequiredService<TenantRestore>();
        foreach (var moment in Moments)
        {
            var cut = proxy.Arm(Cut.OnText(moment, CutPoint.Behind));
            await Should.ThrowAsync<Exception>(() => far.RunAsync(Tenant.Slug, file, By, CancellationToken.None), moment);
            cut.HasFired.ShouldBeTrue(moment);
            (await PrintsAsync(Tenant, all: true)).ShouldBe(before, moment);
        }
        proxy.Pass();
        await far.RunAsync(Tenant.Slug, file, By, CancellationToken.None);
        (await PrintsAsync(Tenant)).ShouldBe(then);
    }
}
