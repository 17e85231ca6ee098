using System.Runtime.InteropServices;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Events;

/// <summary>What events moved by each origin of one history, reckoned once for all methods that ask.</summary>
internal sealed class EventLifts
{
    private readonly Dictionary<int, double[]?> _byLength = [];
    private double[]? _values;

    /// <returns>As <see cref="EventLift.Of"/>.</returns>
    public double[]? Of(History history)
    {
        lock (_byLength)
        {
            // Origins of one history are parts of one array; another array is another history.
            if (!MemoryMarshal.TryGetArray(history.Values, out var part) || part.Offset != 0 || (_values is not null && _values != part.Array))
                return EventLift.Of(history);
            _values = part.Array;
            if (!_byLength.TryGetValue(history.Length, out var lift))
                _byLength.Add(history.Length, lift = EventLift.Of(history));
            return lift;
        }
    }
}
