using EPM.TestKit;

namespace EPM.Modules.Tests;

/// <summary>A test over HTTP with a chain of its own on the shared host.</summary>
public abstract class FeatureTest : IAsyncLifetime
{
    protected EpmHost Host { get; private set; } = null!;

    protected TestTenant Tenant { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Host = await EpmHost.SharedAsync();
        Tenant = await Host.NewTenantAsync();
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;
}
