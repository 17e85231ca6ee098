using System.Text;

namespace EPM.Platform.Audit;

/// <summary>
/// A file of anchors that is only ever added to. Past a size it is put aside, and the next begins with the newest anchor of every
/// chain: one of each is enough to tell that a chain was cut or made anew.
/// </summary>
public sealed class AnchorFile(string path, long rotateAt = AnchorFile.UsualSize)
{
    public const long UsualSize = 8 << 20;

    private long _rotateAt = rotateAt;

    public string Path => path;

    /// <summary>Adds anchors, on disk when it returns.</summary>
    /// <returns>False when another process is adding right now: try again.</returns>
    public bool TryAppend(IEnumerable<AuditAnchor> anchors)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var turn = TakeTurn();
        if (turn is null)
            return false;
        if (File.Exists(path) && new FileInfo(path).Length > _rotateAt)
            Rotate();
        Write(path, anchors);
        return true;
    }

    /// <summary>All anchors of a file and of the one put aside before it, oldest first.</summary>
    public static IEnumerable<AuditAnchor> Read(string path) =>
        new[] { Aside(path), path }.Where(File.Exists).SelectMany(file => Lines(file)).Select(AuditAnchor.Of).OfType<AuditAnchor>();

    private static string Aside(string path) => path + ".1";

    private FileStream? TakeTurn()
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path + ".lock"))
        {
            return null;
        }
    }

    private void Rotate()
    {
        var next = path + ".next";
        File.Delete(next);
        Write(next, Lines(path).Select(AuditAnchor.Of).OfType<AuditAnchor>().GroupBy(anchor => anchor.Tenant).Select(chain => chain.Last()));
        File.Copy(path, Aside(path), overwrite: true);
        File.Move(next, path, overwrite: true);
        // Where the newest alone fill a file, it is not to be put aside at every turn.
        _rotateAt = Math.Max(_rotateAt, new FileInfo(path).Length * 2);
    }

    private static void Write(string path, IEnumerable<AuditAnchor> anchors)
    {
        var text = new StringBuilder();
        foreach (var anchor in anchors)
            text.Append(anchor).Append('\n');
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        // A crash may have left half a line.
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
                text.Insert(0, '\n');
        }
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.ASCII.GetBytes(text.ToString()));
        file.Flush(flushToDisk: true);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
