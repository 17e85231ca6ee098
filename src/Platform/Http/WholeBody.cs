using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace EPM.Platform.Http;

/// <summary>
/// Receives a short body before its request takes anything that others wait for. A phone on a weak network, or somebody who sends a byte
/// now and then, costs a connection and no more; the deadline of the answer begins when everything is there.
/// </summary>
internal static class WholeBody
{
    /// <summary>Bytes, as the server allows; what streams has a limit of its own.</summary>
    public const int Longest = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="BadHttpRequestException">Malformed, too long, or too slow for the server's least rate.</exception>
    public static async Task ReceiveAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
            return;
        var answer = http.Features.Get<AnswerDeadline>();
        answer?.In(Patience);
        // All of it in memory, where the server has had most of it already: a full disk refuses nobody.
        http.Request.EnableBuffering((int)Math.Min(http.Request.ContentLength ?? Longest, Longest), Longest);
        try
        {
            await http.Request.Body.DrainAsync(http.RequestAborted);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body could not be read.", StatusCodes.Status400BadRequest, broken);
        }
        http.Request.Body.Position = 0;
        answer?.Restart();
    }
}
