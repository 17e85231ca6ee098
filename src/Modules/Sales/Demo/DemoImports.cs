using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Imports.Features;
using EPM.Sales.Imports.Running;
using EPM.Tenancy.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Sales.Demo;

/// <summary>An import that the seed once sent.</summary>
/// <param name="Name">What it was of; see <see cref="DemoPart"/>.</param>
/// <param name="Start">First day of the plan it belongs to.</param>
internal sealed record SentPart(string Name, DateOnly Start, Guid Id, string State);

/// <summary>Sends the chain's files through the same request as anybody's upload, and waits for what becomes of them.</summary>
internal sealed class DemoImports(IServiceScopeFactory scopes, TenantInfo tenant, TimeProvider time)
{
    private const string KeyPrefix = "teranga:";
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs work as the chain's administrator, in a unit of work of its own.</summary>
    public async Task<T> AsAdminAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var admin = DemoTenant.Accounts.Single(account => account.Role == Roles.Admin);
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Set(
            new Caller(Guid.Empty, Guid.Empty, admin.Name, admin.Email, admin.Role, tenant.Language, DataScope.Everything));
        return await work(scope.ServiceProvider);
    }

    /// <summary>Runs work in one write transaction.</summary>
    public Task InTransactionAsync(Func<TenantSession, IServiceProvider, Task> work, CancellationToken ct) => AsAdminAsync(async services =>
    {
        var session = services.GetRequiredService<TenantSession>();
        await session.BeginAsync(readOnly: false, ct);
        await work(session, services);
        await session.CommitAsync(ct);
        return true;
    });

    /// <returns>What was sent by this and earlier runs.</returns>
    public Task<IReadOnlyList<SentPart>> SentAsync(CancellationToken ct) => AsAdminAsync(services => services.GetRequiredService<TenantSession>().ReadAsync(
        "SELECT idempotency_key, import_id, state FROM sales.import WHERE tenant_id = $1 AND starts_with(idempotency_key, $2) ORDER BY import_no",
        [new NpgsqlParameter<Guid> { TypedValue = tenant.Id }, new NpgsqlParameter<string> { TypedValue = KeyPrefix }], async reader =>
        {
            var sent = new List<SentPart>();
            while (await reader.ReadAsync(ct))
            {
                var key = reader.GetString(0).Split(':');
                sent.Add(new SentPart(key[2], DateOnly.ParseExact(key[1], "O"), reader.GetGuid(1), reader.GetString(2)));
            }
            return (IReadOnlyList<SentPart>)sent;
        }, ct));

    /// <summary>Uploads a part; the same part again is the same import.</summary>
    public async Task<Guid> SendAsync(DemoPart part, DateOnly start, CancellationToken ct)
    {
        await using var content = part.Open();
        var http = new DefaultHttpContext();
        http.Request.ContentType = "text/csv";
        http.Request.Body = content;
        return await AsAdminAsync(services => services.GetRequiredService<IMediator>().Send(new ReceiveImport(
            http.Request, part.Kind, Atomic: false, DryRun: false, Mapping: null, part.File, FormattableString.Invariant($"{KeyPrefix}{start:yyyy-MM-dd}:{part.Name}")), ct));
    }

    /// <summary>Waits until an import has ended.</summary>
    /// <exception cref="DemoFailedException">It failed, rejected a line, or stands still.</exception>
    public async Task<ImportView> FinishAsync(Guid id, string part, CancellationToken ct)
    {
        var (read, since) = (-1L, time.GetTimestamp());
        while (true)
        {
            var import = await AsAdminAsync(services => services.GetRequiredService<ImportViews>().FindAsync(id, ct))
                ?? throw new DemoFailedException($"{part}: the import is gone");
            if (import.State == ImportStates.Completed && import.Rejected == 0)
                return import;
            if (ImportViews.IsOver(import))
                throw new DemoFailedException($"{part}: import {import.Number} ended as {import.State} with {import.Rejected} of {import.Read} lines rejected");
            if (import.Read != read)
                (read, since) = (import.Read, time.GetTimestamp());
            else if (time.GetElapsedTime(since) > Patience)
                throw new DemoFailedException($"{part}: import {import.Number} stands still after {read} lines");
            await Task.Delay(Glance, time, ct);
        }
    }
}

/// <summary>The demonstration could not be made whole; the message says at which part.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
