using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace EPM.TestKit;

/// <summary>A chain of one test, and clients signed in as its people.</summary>
public sealed class TestTenant(EpmHost host, TenantInfo info)
{
    /// <summary>Everybody's.</summary>
    public const string Password = "quatre mots pour un test";

    private readonly ConcurrentDictionary<string, Lazy<Task<HttpClient>>> _clients = new(StringComparer.Ordinal);
    private int _people;

    public EpmHost Host { get; } = host;

    public TenantInfo Info { get; } = info;

    public Guid Id => Info.Id;

    public string Slug => Info.Slug;

    /// <summary>A client that is nobody.</summary>
    public HttpClient Anonymous(bool cookies = false) => Host.Client(Slug, cookies: cookies);

    /// <summary>The person of that role, who sees the whole chain. The same client each time.</summary>
    public Task<HttpClient> As(string role) => _clients.GetOrAdd(role, _ => new(() => SignInAsync(EmailOf(role)))).Value;

    /// <summary>Everybody signs in anew: the sessions of before were ended.</summary>
    public void SignInAgain() => _clients.Clear();

    /// <summary>A new person of that role who sees only so much.</summary>
    public async Task<HttpClient> As(string role, DataScope scope)
    {
        var email = $"person{Interlocked.Increment(ref _people)}@{Slug}.test";
        var admin = await As(Roles.Admin);
        using var added = await admin.PostAsJsonAsync("/api/v1/users", new
        {
            name = "Personne " + _people,
            email,
            password = Password,
            role,
            language = Info.Language,
            scope = new { kind = scope.Kind.ToString().ToLowerInvariant(), regions = scope.Regions, stores = scope.Stores, categories = scope.Categories, seesCost = scope.SeesCost },
        });
        added.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        return await SignInAsync(email);
    }

    public static string EmailOf(string role) => $"{role}@chaine.test";

    /// <returns>The body of a successful sign-in.</returns>
    public async Task<JsonElement> SignInBodyAsync(string email, string password = Password)
    {
        using var client = Anonymous();
        using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password });
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpClient> SignInAsync(string email, string password = Password) =>
        Host.Client(Slug, (await SignInBodyAsync(email, password)).GetProperty("accessToken").GetString());

    /// <summary>Runs work in a unit of work of this tenant, as a job would: a scope with the tenant set.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(Info);
        return await work(scope.ServiceProvider);
    }

    /// <summary>Runs work in one write transaction of this tenant.</summary>
    public Task<T> InTransactionAsync<T>(Func<TenantSession, IServiceProvider, Task<T>> work) => InScopeAsync(async services =>
    {
        var session = services.GetRequiredService<TenantSession>();
        await session.BeginAsync(readOnly: false, CancellationToken.None);
        var result = await work(session, services);
        await session.CommitAsync(CancellationToken.None);
        return result;
    });

    internal static UserToAdd Person(string role, string language, DataScope scope) =>
        new(role, EmailOf(role), Password, role, language, scope);
}
