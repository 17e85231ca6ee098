using System.Runtime.InteropServices;

namespace EPM.Sales.Imports.Applying;

/// <summary>Compares each ticket of a batch with what is stored of it, and finds what is new, changed, the same, or given twice.</summary>
/// <param name="memory">What a dry run met in earlier batches; null when lines are really written.</param>
internal sealed class TicketComparison(TicketGroups groups, StoredLines stored, int importNo, DryRunMemory? memory, BatchOutcome outcome)
{
    private readonly List<SaleLine> _before = [];
    private readonly List<SaleLine> _after = [];
    private readonly Dictionary<short, int> _seen = [];

    public void Run()
    {
        for (var ticket = 0; ticket < groups.Tickets.Count; ticket++)
        {
            var known = stored.Of(ticket);
            if (known.IsEmpty)
                Fresh(groups.LinesOf(ticket));
            else
                Merge(groups.LinesOf(ticket), known);
        }
    }

    private void Fresh(ReadOnlySpan<SaleLine> lines)
    {
        if (lines.Length == 1 && memory is null)
        {
            outcome.Fresh(lines);
            return;
        }
        _after.Clear();
        _seen.Clear();
        foreach (ref readonly var line in lines)
        {
            if (_seen.TryGetValue(line.Line, out var first))
                Twice(in line, in CollectionsMarshal.AsSpan(_after)[first]);
            else if (IsNew(in line))
            {
                _seen.Add(line.Line, _after.Count);
                _after.Add(line);
            }
        }
        outcome.Fresh(CollectionsMarshal.AsSpan(_after));
    }

    private void Merge(ReadOnlySpan<SaleLine> lines, ReadOnlySpan<(SaleLine Line, int ImportNo)> known)
    {
        _before.Clear();
        _after.Clear();
        _seen.Clear();
        foreach (ref readonly var one in known)
        {
            _seen.Add(one.Line.Line, _after.Count);
            _before.Add(one.Line);
            _after.Add(one.Line);
        }
        var changed = false;
        foreach (ref readonly var line in lines)
        {
            ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, line.Line, out var exists);
            if (!exists)
            {
                if (!IsNew(in line))
                {
                    _seen.Remove(line.Line);
                    continue;
                }
                at = _after.Count;
                _after.Add(line);
                outcome.Added.Add(line);
                changed = true;
                continue;
            }
            ref var there = ref CollectionsMarshal.AsSpan(_after)[at];
            var written = at >= known.Length || known[at].ImportNo == importNo || there.FileLine > 0;
            if (written)
                Twice(in line, in there);
            else if (Same(in line, in there))
            {
                outcome.Unchanged++;
                // Met: should the file contradict itself further down, the first still counts.
                there.FileLine = line.FileLine;
            }
            else
            {
                there = line;
                outcome.Updated.Add(line);
                changed = true;
            }
        }
        if (changed)
            outcome.Merged(CollectionsMarshal.AsSpan(_before), CollectionsMarshal.AsSpan(_after));
    }

    private bool IsNew(in SaleLine line)
    {
        if (memory?.Meet(in line) is not { } same)
            return true;
        Again(in line, same);
        return false;
    }

    private void Twice(in SaleLine line, in SaleLine first) => Again(in line, Same(in line, in first));

    // The same key twice in one file: harmless when both say the same, a loss of data to be told when they do not.
    private void Again(in SaleLine line, bool same)
    {
        if (same)
            outcome.Unchanged++;
        else
            outcome.Reject(in line, SalesColumns.Line, "import_key_twice", $"{line.Ticket}/{line.Line}");
    }

    private static bool Same(in SaleLine a, in SaleLine b) =>
        a.ProductNo == b.ProductNo && a.Instant == b.Instant && a.Quantity == b.Quantity && a.UnitPrice == b.UnitPrice
        && a.Discount == b.Discount && a.TaxBasisPoints == b.TaxBasisPoints && a.Customer == b.Customer;
}
