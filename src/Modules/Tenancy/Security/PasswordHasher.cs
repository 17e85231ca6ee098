using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Http;

namespace EPM.Tenancy.Security;

/// <summary>How much work one password check is. OWASP's figure for PBKDF2-HMAC-SHA512 is the least a deployment may have.</summary>
internal sealed record PasswordCost(int Iterations)
{
    public static readonly PasswordCost Production = new(220_000);
}

internal enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, but hashed with fewer iterations than are asked today.</summary>
    RightButWeak,
}

/// <summary>
/// PBKDF2-HMAC-SHA512 with its parameters in the hash. A check is a third of a second of one core, so all but one core may check
/// at a time and a bounded number wait: whoever floods the sign-in gets 503 and everyone else keeps a core.
/// </summary>
internal sealed class PasswordHasher(PasswordCost cost) : IDisposable
{
    private const string Kind = "pbkdf2-sha512";
    private const int MostWaiting = 32;

    private readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly string _nobody = Format(cost.Iterations, new byte[16], new byte[32]);
    private int _waiting;

    public Task<string> HashAsync(string password, CancellationToken ct) => OnACoreAsync(() =>
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return Format(cost.Iterations, salt, Derive(password, salt, cost.Iterations));
    }, ct);

    /// <param name="stored">Null for an account that does not exist: the same work is done, so that time tells nothing.</param>
    public Task<PasswordCheck> CheckAsync(string password, string? stored, CancellationToken ct) => OnACoreAsync(() =>
    {
        var parts = (stored ?? _nobody).Split('$');
        var iterations = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var derived = Derive(password, Convert.FromBase64String(parts[2]), iterations);
        var right = CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(parts[3])) & stored is not null;
        if (!right)
            return PasswordCheck.Wrong;
        return iterations < cost.Iterations ? PasswordCheck.RightButWeak : PasswordCheck.Right;
    }, ct);

    /// <summary>For people who come by another way: no password fits it.</summary>
    public string Unusable() => Format(cost.Iterations, RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(32));

    public void Dispose() => _cores.Dispose();

    private async Task<T> OnACoreAsync<T>(Func<T> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new Busy();
        }
        try
        {
            await _cores.WaitAsync(ct);
            try
            {
                return await Task.Run(work, ct);
            }
            finally
            {
                _cores.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC)), salt, iterations, HashAlgorithmName.SHA512, 32);

    private static string Format(int iterations, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
}
