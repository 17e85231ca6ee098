using EPM.Platform.Http;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Catalogue;
using EPM.Sales.Imports.Running;
using EPM.Stores.Contracts;
using EPM.Tenancy.Contracts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Sales.Demo;

/// <summary>Makes the chain part by part, in the order in which a real one would come to be.</summary>
internal sealed class DemoChain(ITenantOpening opening, IServiceScopeFactory scopes, TimeProvider time)
{
    public DemoImports Imports(TenantInfo tenant) => new(scopes, tenant, time);

    /// <summary>Opens the tenant with one person for each role.</summary>
    public Task<TenantInfo> OpenAsync(CancellationToken ct) => opening.OpenAsync(
        new TenantToOpen(DemoTenant.Slug, DemoStores.Name, "SN", "XOF", DemoPlan.TimeZone, "fr", Demo: true),
        [.. DemoTenant.Accounts.Select(account => new UserToAdd(account.Name, account.Email, account.Password, account.Role, "fr", ScopeOf(account.Role)))], ct);

    /// <summary>Whether everything the plan wants was sent and taken.</summary>
    public static bool IsWhole(DemoPlan plan, IReadOnlyList<SentPart> sent)
    {
        var taken = sent.Where(part => part.State == ImportStates.Completed).Select(part => part.Name).ToHashSet(StringComparer.Ordinal);
        var files = new DemoFiles(plan, new DemoSales(plan));
        return DemoPart.Base(plan, files).Concat(DemoPart.Sales(plan, files)).All(part => taken.Contains(part.Name));
    }

    /// <summary>Adds what is missing.</summary>
    /// <returns>Sale lines that this added.</returns>
    public async Task<long> CompleteAsync(TenantInfo tenant, DemoPlan plan, Action<string> tell, CancellationToken ct)
    {
        var (imports, sales) = (Imports(tenant), new DemoSales(plan));
        var files = new DemoFiles(plan, sales);
        var sent = await imports.SentAsync(ct);
        await CategoriesAsync(imports, sales.Assortment, ct);
        await SendAsync(imports, [.. DemoPart.Base(plan, files)], sent, plan, tell, ct);
        await imports.InTransactionAsync((session, services) => services.GetRequiredService<IStoreClosing>().CloseAsync(
            session, DemoStores.UnderWorks, plan.Works.From, plan.Works.To, "Travaux de rénovation", ct), ct);
        await imports.InTransactionAsync((session, services) => services.GetRequiredService<IFeastKeeping>().KeepAsync(session, DemoFeasts.Kept(plan), ct), ct);
        // Costs are told before what is sold at them: later ones would have to be worked into every figure again.
        var sold = DemoPart.SoldThrough(sent.Select(part => part.Name));
        foreach (var day in sales.Prices.Changes.Where(day => sold is null || day > sold))
            await imports.InTransactionAsync((session, services) => PriceChanges.ApplyAsync(session, services, sales, day, ct), ct);
        return await SendAsync(imports, [.. DemoPart.Sales(plan, files)], sent, plan, tell, ct);
    }

    // While one file is applied the next one is made.
    private async Task<long> SendAsync(
        DemoImports imports, IReadOnlyList<DemoPart> parts, IReadOnlyList<SentPart> sent, DemoPlan plan, Action<string> tell, CancellationToken ct)
    {
        var known = sent.ToDictionary(part => part.Name, StringComparer.Ordinal);
        var added = 0L;
        var before = Task.CompletedTask;
        foreach (var part in parts)
        {
            var earlier = known.GetValueOrDefault(part.Name);
            if (earlier?.State == ImportStates.Completed)
                continue;
            var id = earlier?.Id ?? await imports.SendAsync(part, plan.Start, ct);
            await before;
            before = FinishAsync(part, id);
        }
        await before;
        return added;

        async Task FinishAsync(DemoPart part, Guid id)
        {
            var began = time.GetTimestamp();
            var import = await imports.FinishAsync(id, part.File, ct);
            added += import.Added;
            tell(FormattableString.Invariant($"  {part.File}: {import.Read:N0} lines, {time.GetElapsedTime(began).TotalSeconds:0.0} s"));
        }
    }

    private static Task<bool> CategoriesAsync(DemoImports imports, Assortment assortment, CancellationToken ct) => imports.AsAdminAsync(async services =>
    {
        var known = (await services.GetRequiredService<IMediator>().Send(new ListCategories(), ct)).Items.Select(category => category.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var category in assortment.Categories.Where(category => !known.Contains(category.Code)))
        {
            await imports.AsAdminAsync(own => own.GetRequiredService<IMediator>().Send(new AddCategory(category.Code, category.Name, category.Parent), ct));
        }
        return true;
    });

    private static DataScope ScopeOf(string role) => role switch
    {
        Roles.RegionalManager => new DataScope(ScopeKind.Regions, [DemoStores.ManagedRegion], [], SeesCost: true),
        Roles.StoreManager => new DataScope(ScopeKind.Stores, [], [DemoStores.ManagedStore], SeesCost: false),
        _ => DataScope.Everything,
    };
}
