using System.Net;
using System.Net.Sockets;

namespace EPM.Platform.Http;

/// <summary>Whether an address is somewhere on the public Internet, and not on this machine, in its network, or reserved.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublicV4 = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    }.Select(IPNetwork.Parse)];

    // Everything that carries an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo) is left out whole: it could lead anywhere.
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicV6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return Is(address.MapToIPv4());
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !NotPublicV4.Any(network => network.Contains(address))
            : address.ScopeId == 0 && GlobalV6.Contains(address) && !NotPublicV6.Any(network => network.Contains(address));
    }
}
