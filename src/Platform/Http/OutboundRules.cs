using System.Net;

namespace EPM.Platform.Http;

/// <summary>How the product may reach out. Finding a name's addresses is the edge of the process: tests give their own.</summary>
public sealed record OutboundRules
{
    public Func<string, CancellationToken, Task<IPAddress[]>> Lookup { get; init; } = Dns.GetHostAddressesAsync;

    public IReadOnlyList<int> Ports { get; init; } = [443, 8443];

    /// <summary>From the first byte asked to the last byte read.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>An address of somebody else's was not asked, or gave no answer worth having; the code says why.</summary>
public sealed class OutboundFailed(string code) : Failure(422, code);

/// <param name="Status">Redirects are not followed: they arrive here as they are.</param>
public sealed record OutboundAnswer(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
