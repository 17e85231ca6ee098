using System.Text.RegularExpressions;

namespace EPM.Architecture.Tests.Code;

/// <summary>One client reaches out for the whole product, and it checks where to.</summary>
public sealed partial class OutboundTests
{
    [Fact]
    public void Nobody_but_the_guarded_client_asks_other_addresses()
    {
        var sources = House.Sources("src").ToArray();
        sources.Length.ShouldBeGreaterThan(100);
        var own = sources.Where(path => Client().IsMatch(File.ReadAllText(path))).Select(Path.GetFileName);
        own.ShouldBe(["GuardedHttp.cs"]);
    }

    [Theory]
    [InlineData("using var client = new HttpClient();")]
    [InlineData("var handler = new SocketsHttpHandler();")]
    [InlineData("HttpClientHandler handler = new();")]
    [InlineData("services.AddHttpClient(\"erp\");")]
    [InlineData("WebRequest.Create(address)")]
    [InlineData("new ClientWebSocket()")]
    [InlineData("private readonly IHttpClientFactory _clients;")]
    public void The_rule_catches_what_it_is_there_for(string planted) => Client().IsMatch(planted).ShouldBeTrue();

    [GeneratedRegex(@"\b(I?HttpClient(Handler|Factory)?|AddHttpClient|SocketsHttpHandler|HttpMessageInvoker|WinHttpHandler|(Http|File|Ftp)?WebRequest|WebClient|ClientWebSocket)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Client();
}
