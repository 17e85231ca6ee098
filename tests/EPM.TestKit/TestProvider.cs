using System.Diagnostics;
using System.Net.Http.Json;

namespace EPM.TestKit;

/// <summary>A real OpenID Connect provider in a process of its own; ends with the test run.</summary>
public sealed class TestProvider : IAsyncDisposable
{
    private static readonly Lazy<Task<TestProvider>> Common = new(StartAsync);

    private readonly Process _process;
    private readonly HttpClient _control;

    private TestProvider(Process process, Uri address) => (_process, _control) = (process, new HttpClient { BaseAddress = address });

    /// <summary>Host and port, as <c>EPM_OUTBOUND_ALLOW</c> wants them.</summary>
    public string Authority => _control.BaseAddress!.Authority;

    public static Task<TestProvider> SharedAsync() => Common.Value;

    public string IssuerOf(string client) => $"{_control.BaseAddress!.AbsoluteUri}{client}";

    /// <summary>Says who comes next at a client, and how the provider lies about it.</summary>
    public async Task ExpectAsync(string client, string secret, string subject, string? email, bool emailVerified = true, string? fault = null, DateTimeOffset? now = null)
    {
        var seconds = (now ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds();
        using var told = await _control.PutAsJsonAsync($"{client}/next", new { secret, subject, email, emailVerified, fault, now = seconds });
        told.EnsureSuccessStatusCode();
    }

    /// <summary>What a browser does there: follows the address, and is sent back.</summary>
    public static async Task<Uri> VisitAsync(Uri authorize)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(authorize);
        return answer.Headers.Location ?? throw new InvalidOperationException($"The provider answers {(int)answer.StatusCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<TestProvider> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EPM.IdentityProvider.dll")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The identity provider did not start.");
        return new TestProvider(process, new Uri(address + "/"));
    }
}
