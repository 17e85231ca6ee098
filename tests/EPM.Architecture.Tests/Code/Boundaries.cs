using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EPM.Platform.Modules;

namespace EPM.Architecture.Tests.Code;

/// <summary>Rules about what a module shows and what it leans on. Each returns the breaches it found.</summary>
internal static partial class Boundaries
{
    /// <summary>Only contracts, and the module itself, are public.</summary>
    public static IEnumerable<string> PublicOutsideContracts(IEnumerable<Type> types) =>
        from type in types
        where type.IsPublic || (type.IsNestedPublic && type.DeclaringType!.IsVisible)
        where !typeof(IModule).IsAssignableFrom(type) && !IsContract(type)
        select $"{type.FullName} is public and no contract";

    /// <summary>A class is made to be derived from, or is sealed.</summary>
    public static IEnumerable<string> Unsealed(IEnumerable<Type> types) =>
        from type in types
        where type is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsGenerated(type)
        select $"{type.FullName} is neither sealed nor abstract";

    /// <summary>A module leans on the platform and on modules before it in the list, on nothing else of ours.</summary>
    /// <param name="order">Assembly names, upstream first.</param>
    public static IEnumerable<string> WrongReferences(string module, IEnumerable<string> references, IReadOnlyList<string> order)
    {
        var allowed = order.TakeWhile(name => name != module).Append("EPM.Platform").ToHashSet(StringComparer.Ordinal);
        // A part of its own, such as an engine, is named after it.
        return references.Where(name => name.StartsWith("EPM.", StringComparison.Ordinal) && !name.StartsWith(module + ".", StringComparison.Ordinal) && !allowed.Contains(name))
            .Select(name => $"{module} refers to {name}, which is not upstream of it");
    }

    public static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    public static IEnumerable<string> ProjectReferencesOf(string project) =>
        XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    /// <summary>Internals are shown to tests alone.</summary>
    public static IEnumerable<string> InternalsShown(string module, IEnumerable<string> friends) =>
        friends.Where(friend => friend != "EPM.TestKit" && !friend.EndsWith(".Tests", StringComparison.Ordinal) && friend != "EPM.Benchmarks")
            .Select(friend => $"{module} shows its internals to {friend}");

    public static IEnumerable<string> FriendsOf(Assembly assembly) =>
        assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

    /// <summary>SQL of a module names no other module's schema.</summary>
    public static IEnumerable<string> ForeignTables(string module, string file, string text, IEnumerable<string> modules) =>
        from Match match in Table().Matches(text)
        where match.Groups["schema"].Value != module && modules.Contains(match.Groups["schema"].Value)
        select $"{file} of {module} reaches into {match.Groups["schema"].Value}.{match.Groups["table"].Value}";

    private static bool IsContract(Type type) => type.Namespace is { } space && (space.EndsWith(".Contracts", StringComparison.Ordinal) || space.Contains(".Contracts.", StringComparison.Ordinal));

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || type.Name.Contains('<', StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsGenerated(outer)) || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
        || type.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\b(FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES|COPY|USING|ON)\s+(ONLY\s+)?(?<schema>[a-z_]+)\.(?<table>[a-z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Table();
}
