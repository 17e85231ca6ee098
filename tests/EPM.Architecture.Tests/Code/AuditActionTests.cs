using System.Text.RegularExpressions;
using EPM.Platform.Audit;
using EPM.Platform.Localisation;

namespace EPM.Architecture.Tests.Code;

public sealed partial class AuditActionTests
{
    private static readonly Texts Texts = new(House.Assemblies);

    [Fact]
    public void Every_action_that_is_recorded_has_its_label()
    {
        var actions = House.Sources("src").Select(File.ReadAllText).SelectMany(Actions).Distinct(StringComparer.Ordinal).ToArray();
        actions.Length.ShouldBeGreaterThan(15);
        Unlabelled(actions).ShouldBeEmpty("give each a text 'audit.' + action in fr.json and en.json of its module");
    }

    [Fact]
    public void Every_fault_of_a_trail_has_its_sentence() =>
        AuditFaults.All.Where(fault => !Texts.Codes("fr").Contains("audit_fault." + fault)).ShouldBeEmpty();

    [Fact]
    public void The_rule_catches_what_it_is_there_for() =>
        Unlabelled(Actions("""audit.Record("planted.forgotten", $"x/{a.b}"); trail.RecordIn(unit, ok ? "store.opened" : "planted.second-one", "x");"""))
            .ShouldBe(["planted.forgotten", "planted.second-one"]);

    private static IEnumerable<string> Unlabelled(IEnumerable<string> actions) => actions.Where(action => !Texts.Codes("fr").Contains("audit." + action));

    private static IEnumerable<string> Actions(string source) =>
        from Match call in Call().Matches(source)
        from Match literal in Literal().Matches(call.Groups["rest"].Value)
        select literal.Groups["action"].Value;

    [GeneratedRegex(@"\.Record(?:In)?\((?<rest>[^;]*);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"""(?<action>[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
