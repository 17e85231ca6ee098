namespace EPM.Platform.Modules;

/// <summary>A verb of the host's command line, such as <c>seed</c>.</summary>
public interface ICommandLineVerb
{
    string Verb { get; }

    /// <param name="arguments">What stands behind the verb.</param>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct);
}
