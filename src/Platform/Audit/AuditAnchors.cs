using System.Collections.Concurrent;
using EPM.Platform.Modules;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Audit;

/// <summary>
/// What this host committed last to each chain, kept outside the database: whoever owns the database alone cannot cut a chain's tail,
/// or put an older one back, without this file telling.
/// </summary>
public sealed partial class AuditAnchors(EpmSettings settings, ILogger<AuditAnchors> logger) : IDisposable
{
    private const int LastAttempts = 40;

    private readonly ConcurrentDictionary<Guid, AuditAnchor> _waiting = new();
    private readonly AnchorFile _file = new(System.IO.Path.Combine(settings.DataDirectory, "audit-anchors.log"));
    private readonly Lock _writing = new();

    public string Path => _file.Path;

    /// <summary>Notes a committed entry; it is on disk after the next <see cref="Flush"/>.</summary>
    public void Note(AuditAnchor anchor) =>
        _waiting.AddOrUpdate(anchor.Tenant, anchor, (_, known) => known.Number > anchor.Number ? known : anchor);

    /// <returns>False when another process holds the file: what waits, waits for the next time.</returns>
    public bool Flush()
    {
        lock (_writing)
        {
            var batch = _waiting.Values.ToArray();
            if (batch.Length == 0)
                return true;
            if (!_file.TryAppend(batch))
                return false;
            foreach (var anchor in batch)
            {
                _waiting.TryRemove(KeyValuePair.Create(anchor.Tenant, anchor));
                LogAnchored(anchor);
            }
            return true;
        }
    }

    /// <summary>The last of a host's work, or of a command's, which has no loop.</summary>
    public void Dispose()
    {
        for (var attempt = 0; attempt < LastAttempts && !Flush(); attempt++)
            Thread.Sleep(50);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Audit anchor {Anchor}")]
    private partial void LogAnchored(AuditAnchor anchor);
}
