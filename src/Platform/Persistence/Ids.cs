namespace EPM.Platform.Persistence;

/// <summary>Identifiers that sort by creation time (UUID version 7), so that indexes grow at one end.</summary>
public sealed class Ids(TimeProvider time)
{
    public Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
}
