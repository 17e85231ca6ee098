using System.Collections.Frozen;

namespace EPM.Tenancy.Domain;

/// <summary>Length and commonness, nothing else: rules of composition make passwords worse (ASVS 6.2).</summary>
internal static class PasswordPolicy
{
    public const int Shortest = 8;
    public const int Longest = 256;

    private static readonly FrozenSet<string> Common = Load();

    public static bool IsUncommon(string password) => !Common.Contains(password.Trim().ToLowerInvariant()) && password.Distinct().Skip(2).Any();

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("EPM.Tenancy.Domain.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
