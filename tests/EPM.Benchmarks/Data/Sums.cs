namespace EPM.Benchmarks.Data;

/// <summary>What the generator knows of the lines it wrote, in ten-thousandths: every answer is held against it.</summary>
internal sealed class Sums
{
    private readonly Dictionary<(DateOnly Day, int Store), (long Revenue, long Tickets)> _cells = [];

    public long Lines { get; private set; }

    public long Units { get; private set; }

    public long Net { get; private set; }

    public int StoresOn(DateOnly day) => _cells.Keys.Count(cell => cell.Day == day);

    public void Ticket(DateOnly day, int store) => Add(day, store, 0, 1);

    public void Line(DateOnly day, int store, long quantity, long revenue, int taxBasisPoints)
    {
        Lines++;
        Units += quantity;
        Net += taxBasisPoints == 0 ? revenue : ((revenue * 10_000) + ((10_000 + taxBasisPoints) / 2)) / (10_000 + taxBasisPoints);
        Add(day, store, revenue, 0);
    }

    public decimal Revenue(DateOnly from, DateOnly to, int? store = null) => Cells(from, to, store).Sum(cell => cell.Revenue) / 10_000m;

    public long Tickets(DateOnly from, DateOnly to, int? store = null) => Cells(from, to, store).Sum(cell => cell.Tickets);

    private IEnumerable<(long Revenue, long Tickets)> Cells(DateOnly from, DateOnly to, int? store) =>
        _cells.Where(cell => cell.Key.Day >= from && cell.Key.Day <= to && (store is null || cell.Key.Store == store)).Select(cell => cell.Value);

    private void Add(DateOnly day, int store, long revenue, long tickets)
    {
        ref var cell = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_cells, (day, store), out _);
        cell = (cell.Revenue + revenue, cell.Tickets + tickets);
    }
}
