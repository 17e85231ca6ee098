using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Messaging;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Security;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Tenancy.Persistence;

internal sealed class TenantOpening(IServiceScopeFactory scopes, TenantDirectory directory, PasswordHasher hasher, Ids ids, TimeProvider time) : ITenantOpening
{
    public Task<TenantInfo> OpenAsync(TenantToOpen tenant, IReadOnlyList<UserToAdd> users, CancellationToken ct) =>
        OpenAsync(tenant, users, guard: null, info => info, ct);

    /// <param name="guard">Stands at both ends of the unit of work that opens the tenant, or that finds it opened.</param>
    public async Task<T> OpenAsync<T>(TenantToOpen tenant, IReadOnlyList<UserToAdd> users, IUnitGuard? guard, Func<TenantInfo, T> answer, CancellationToken ct)
    {
        var info = new TenantInfo(ids.Next(), tenant.Slug, tenant.Name, tenant.Country, tenant.Currency, tenant.TimeZone, tenant.Language);
        var people = new List<User>(users.Count);
        foreach (var user in users)
            people.Add(await PersonAsync(user, ct));
        // A unit of work keeps its tenant, and the caller's own has none or another.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(info);
        var session = scope.ServiceProvider.GetRequiredService<TenantSession>();
        session.Guard = guard;
        await session.BeginAsync(readOnly: false, ct);
        await using (var enter = session.Command("INSERT INTO tenancy.directory (slug, tenant) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING").With(info.Slug).With(info.Id))
        {
            if (await enter.ExecuteNonQueryAsync(ct) == 0)
            {
                await session.RollbackAsync();
                throw await TakenAsync(info.Slug, guard, ct);
            }
        }
        var context = scope.ServiceProvider.GetRequiredService<TenancyDbContext>();
        context.Tenants.Add(new Tenant
        {
            Slug = info.Slug,
            Name = info.Name,
            Country = info.Country,
            Currency = info.Currency,
            TimeZone = info.TimeZone,
            Language = info.Language,
            Demo = tenant.Demo,
            OpenedAt = time.GetUtcNow(),
        });
        await context.SaveChangesAsync(ct);
        context.Users.AddRange(people);
        await context.SaveChangesAsync(ct);
        // In the new chain's own trail, not in that of whoever asked.
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Record("tenant.opened", "tenant/" + info.Slug,
            after: new { info.Name, info.Country, info.Currency, info.TimeZone, info.Language, People = people.Select(person => new { person.Email, person.Name, person.Role }) });
        scope.ServiceProvider.GetRequiredService<IOutbox>().Tell(
            new TenantOpened(info.Slug, info.Name, info.Language, people.Find(person => person.Role == Roles.Admin)?.UserId, tenant.Site));
        session.AfterCommit(() => directory.Learn(info));
        return await session.CommitAsync(answer(info), ct);
    }

    // Taken by the very request that asks again, perhaps: its key is among the keys of the tenant that it opened.
    private async Task<Conflict> TakenAsync(string slug, IUnitGuard? guard, CancellationToken ct)
    {
        if (guard is not null && await directory.FindAsync(slug, ct) is { } opened)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(opened);
            var session = scope.ServiceProvider.GetRequiredService<TenantSession>();
            session.Guard = guard;
            await session.BeginAsync(readOnly: false, ct);
        }
        return new Conflict("slug_taken");
    }

    private async Task<User> PersonAsync(UserToAdd user, CancellationToken ct)
    {
        var person = new User
        {
            UserId = ids.Next(),
            Email = User.Normal(user.Email),
            Name = user.Name,
            Role = user.Role,
            Language = user.Language,
            PasswordHash = await hasher.HashAsync(user.Password, ct),
            AddedAt = time.GetUtcNow(),
        };
        person.See(user.Scope);
        return person;
    }
}
