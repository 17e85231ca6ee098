namespace EPM.Platform.Modules;

/// <summary>A verb of the host's command line, such as <c>seed</c>.</summary>
public interface ICommandLineVerb
{
    string Verb { get; }

    /// <returns>The exit code.</returns>
    Task<int> RunAsync(CancellationToken ct);
}
