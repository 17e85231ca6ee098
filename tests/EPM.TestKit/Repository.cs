namespace EPM.TestKit;

/// <summary>The checkout the tests were built from: some need its tools and sources.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "EPM.sln")))
                return at.FullName;
        }
        throw new InvalidOperationException($"No EPM.sln above {AppContext.BaseDirectory}.");
    }
}
