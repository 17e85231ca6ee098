using System.Runtime.InteropServices;

namespace EPM.Sales.Imports.Applying;

/// <summary>The lines of a batch put together ticket by ticket, in the order of their key, whatever order the file has.</summary>
internal sealed class TicketGroups
{
    private readonly int[] _starts;

    private TicketGroups(SaleLine[] lines, int[] starts, List<(int Store, string Ticket)> tickets)
    {
        (Lines, _starts, Tickets) = (lines, starts, tickets);
    }

    /// <summary>Lines sorted by ticket, and within a ticket as in the file.</summary>
    public SaleLine[] Lines { get; }

    public List<(int Store, string Ticket)> Tickets { get; }

    public Span<SaleLine> LinesOf(int ticket) => Lines.AsSpan(_starts[ticket], _starts[ticket + 1] - _starts[ticket]);

    public static TicketGroups Of(ReadOnlySpan<SaleLine> lines)
    {
        var ids = new Dictionary<(int, string), int>(lines.Length / 2);
        var tickets = new List<(int Store, string Ticket)>(lines.Length / 2);
        var ticketOf = new int[lines.Length];
        var counts = new List<int>(lines.Length / 2);
        var last = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var line = ref lines[i];
            if (last < 0 || tickets[last].Store != line.StoreNo || !ReferenceEquals(tickets[last].Ticket, line.Ticket))
            {
                ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, (line.StoreNo, line.Ticket), out var known);
                if (!known)
                {
                    id = tickets.Count;
                    tickets.Add((line.StoreNo, line.Ticket));
                    counts.Add(0);
                }
                last = id;
            }
            ticketOf[i] = last;
            CollectionsMarshal.AsSpan(counts)[last]++;
        }
        var (order, rank) = InKeyOrder(tickets);
        var starts = new int[tickets.Count + 1];
        for (var t = 0; t < tickets.Count; t++)
            starts[t + 1] = starts[t] + counts[order[t]];
        var next = starts.AsSpan(0, tickets.Count).ToArray();
        var sorted = new SaleLine[lines.Length];
        for (var i = 0; i < lines.Length; i++)
            sorted[next[rank[ticketOf[i]]]++] = lines[i];
        return new TicketGroups(sorted, starts, [.. order.Select(t => tickets[t])]);
    }

    // In the order of the primary key neighbours land on the same index page, which is then filled to the brim.
    private static (int[] Order, int[] Rank) InKeyOrder(List<(int Store, string Ticket)> tickets)
    {
        var order = new int[tickets.Count];
        for (var t = 0; t < order.Length; t++)
            order[t] = t;
        Array.Sort(order, (a, b) =>
        {
            var byStore = tickets[a].Store.CompareTo(tickets[b].Store);
            return byStore != 0 ? byStore : string.CompareOrdinal(tickets[a].Ticket, tickets[b].Ticket);
        });
        var rank = new int[order.Length];
        for (var t = 0; t < order.Length; t++)
            rank[order[t]] = t;
        return (order, rank);
    }
}
