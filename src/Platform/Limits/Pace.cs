namespace EPM.Platform.Limits;

/// <summary>Said of a route whose requests are long by nature; all others are short ones.</summary>
public sealed record Pace
{
    /// <summary>Receives a file: takes a place for uploads instead of one for requests.</summary>
    public static readonly Pace Upload = new();

    /// <summary>An answer that goes on: a client that has to connect again has not asked for more.</summary>
    public static readonly Pace Stream = new();

    private Pace()
    {
    }
}
