namespace EPM.Platform.Persistence;

/// <summary>Does a whole unit of work again when it failed without effect for a reason that passes.</summary>
internal static class Retries
{
    // A server that is restarted accepts again within seconds; whoever has a deadline leaves earlier by it.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(500)];

    /// <param name="unit">Told whether it is done again.</param>
    /// <param name="lost">Called when its connection was lost.</param>
    public static async Task<T> RunAsync<T>(Func<bool, Task<T>> unit, Action lost, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await unit(attempt > 0);
            }
            catch (Exception failure) when (attempt < Pauses.Length && Transience.IsPassing(failure) && !ct.IsCancellationRequested)
            {
                if (Transience.IsLoss(failure))
                    lost();
            }
            await Task.Delay(Pauses[attempt], ct);
        }
    }
}
