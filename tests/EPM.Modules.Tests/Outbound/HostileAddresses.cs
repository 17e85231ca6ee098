using System.Net;

namespace EPM.Modules.Tests.Outbound;

/// <summary>Ways of writing down an address that is not the public Internet (TRUST T17). {p} is the port somebody listens on.</summary>
internal static class HostileAddresses
{
    /// <summary>Names, and what they are looked up as.</summary>
    public static readonly IReadOnlyDictionary<string, IPAddress[]> Names = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["localhost"] = ["127.0.0.1", "::1"],
        ["localhost."] = ["127.0.0.1"],
        ["localhost.localdomain"] = ["127.0.0.1"],
        ["loop.attacker.test"] = ["127.0.0.1"],
        ["loop6.attacker.test"] = ["::1"],
        ["zero.attacker.test"] = ["0.0.0.0"],
        ["any6.attacker.test"] = ["::"],
        ["mapped.attacker.test"] = ["::ffff:127.0.0.1"],
        ["metadata.attacker.test"] = ["169.254.169.254"],
        ["metadata.google.internal"] = ["169.254.169.254"],
        ["mapped-metadata.attacker.test"] = ["::ffff:169.254.169.254"],
        ["nat64.attacker.test"] = ["64:ff9b::a9fe:a9fe"],
        ["sixtofour.attacker.test"] = ["2002:7f00:1::"],
        ["ten.attacker.test"] = ["10.0.0.1"],
        ["private.attacker.test"] = ["192.168.1.1"],
        ["carrier.attacker.test"] = ["100.64.0.1"],
        ["unique.attacker.test"] = ["fd00::1"],
        ["link.attacker.test"] = ["fe80::1"],
        // One good address does not excuse a bad one, wherever it stands.
        ["mixed.attacker.test"] = ["93.184.215.14", "127.0.0.1"],
        ["mixed2.attacker.test"] = ["127.0.0.1", "93.184.215.14"],
        ["mixed6.attacker.test"] = ["2606:2800:21f:cb07::1", "::1"],
    }.ToDictionary(name => name.Key, name => name.Value.Select(IPAddress.Parse).ToArray(), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Hosts =
    [
        // IPv4 spelled otherwise
        "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0.0.1", "0x7f.0x0.0x0.0x1", "017700000001", "0177.0.0.1", "0177.1",
        "00000177.0.0.01", "127.0.0.1.", "0", "0.0.0.0", "0.0.0.0.", "00", "0x0", "4294967295", "①②⑦.⓪.⓪.①", "⑯⑨。②⑤④。⑯⑨｡②⑤④", "127。0。0。1", "１２７.０.０.１", "%31%32%37.0.0.1",
        // ranges that are nobody's or our own
        "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "169.254.0.1", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "172.16.0.1",
        "172.31.255.254", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.254", "198.18.0.1", "198.19.255.254", "198.51.100.7",
        "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        // IPv6
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[::7f00:1]",
        "[::ffff:169.254.169.254]", "[::ffff:10.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::7f00:1]", "[64:ff9b::8.8.8.8]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]",
        "[2001::1]", "[2001:0:7f00:1::]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%251]", "[fec0::1]", "[ff02::1]", "[ff05::1]",
        "[100::1]", "[4000::1]", "[e000::1]",
    ];

    // The form alone gives these away.
    private static readonly string[] Forms =
    [
        "http://127.0.0.1:{p}/", "http://localhost:{p}/", "http://loop.attacker.test:{p}/", "https://user:secret@127.0.0.1:{p}/", "https://93.184.215.14@127.0.0.1:{p}/",
        "https://127.0.0.1:{p}#@93.184.215.14/", "https://127.0.0.1:{p}?@93.184.215.14/", @"https://127.0.0.1:{p}\@93.184.215.14/", "https:127.0.0.1:{p}/", "https:///127.0.0.1:{p}/", "//127.0.0.1:{p}/",
        "/relative", "ftp://127.0.0.1:{p}/", "file:///etc/passwd", "gopher://127.0.0.1:{p}/_GET", "dict://127.0.0.1:{p}/", "ldap://127.0.0.1:{p}/", "jar:https://127.0.0.1:{p}!/", "ws://127.0.0.1:{p}/",
        "wss://127.0.0.1:{p}/", "data:text/plain,x", "javascript:alert(1)", "unix:///var/run/docker.sock", "net.tcp://127.0.0.1:{p}/", "https://127.0.0.1:22/", "https://93.184.215.14:22/", "https://93.184.215.14:6379/",
        "https://93.184.215.14:25/", "http://93.184.215.14/", "http://93.184.215.14:443/",
    ];

    public static IReadOnlyList<string> All { get; } = [.. Hosts.Concat(Names.Keys).Select(host => $"https://{host}:{{p}}/"), .. Forms];
}
