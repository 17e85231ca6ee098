using System.Reflection;
using EPM.Platform.Modules;
using EPM.TestKit;

namespace EPM.Architecture.Tests;

/// <summary>What the rules are checked against: the host's one list of modules, their assemblies and their sources.</summary>
internal static class House
{
    public static readonly IReadOnlyList<IModule> Modules = Host.Modules.All;

    public static readonly Assembly Platform = typeof(IModule).Assembly;

    public static readonly IReadOnlyList<Assembly> Assemblies = [Platform, .. Modules.Select(module => module.Assembly)];

    public static string Root => Repository.Root;

    /// <summary>Hand-written sources below a folder of the repository.</summary>
    public static IEnumerable<string> Sources(string folder, string pattern = "*.cs") =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>The folder of a module: its assembly's name less the company.</summary>
    public static string FolderOf(IModule module) => Path.Combine("src", "Modules", module.Assembly.GetName().Name!.Split('.')[1]);
}
