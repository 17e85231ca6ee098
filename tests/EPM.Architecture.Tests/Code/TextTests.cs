using EPM.Platform.Localisation;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Architecture.Tests.Code;

public sealed class TextTests
{
    private static readonly Texts Texts = new(House.Assemblies);

    [Fact]
    public void French_and_English_have_the_same_codes_and_no_empty_sentence()
    {
        Texts.Codes("fr").Count.ShouldBeGreaterThan(40);
        Texts.Codes("fr").Except(Texts.Codes("en")).ShouldBeEmpty("without English");
        Texts.Codes("en").Except(Texts.Codes("fr")).ShouldBeEmpty("without French");
        foreach (var language in Texts.Languages)
            Texts.Codes(language).Where(code => string.IsNullOrWhiteSpace(Texts.Say(language, code))).ShouldBeEmpty();
    }

    [Fact]
    public void Sentences_of_both_languages_name_the_same_values() =>
        Texts.Codes("fr").Where(code => !Placeholders("fr", code).SetEquals(Placeholders("en", code))).ShouldBeEmpty();

    [Fact]
    public void Every_code_that_a_failure_is_thrown_with_has_its_sentence()
    {
        var sources = House.Sources("src").Select(File.ReadAllText).ToArray();
        var thrown = sources.SelectMany(TextCodes.Thrown).Distinct().ToArray();
        thrown.Length.ShouldBeGreaterThan(30);
        Untold(thrown).ShouldBeEmpty();
        var rows = sources.SelectMany(TextCodes.OfRows).Distinct().ToArray();
        rows.ShouldNotBeEmpty();
        Untold(rows.Concat(rows.Select(code => code + ".fix"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_rule_of_every_validator_has_its_sentence()
    {
        await using var scope = (await EpmHost.SharedAsync()).Services.CreateAsyncScope();
        var codes = TextCodes.OfValidators(House.Assemblies.SelectMany(assembly => assembly.GetTypes()), scope.ServiceProvider).Distinct().ToArray();
        codes.Length.ShouldBeGreaterThan(10);
        Untold(codes).ShouldBeEmpty();
    }

    [Fact]
    public void The_rules_catch_what_they_are_there_for()
    {
        Untold(TextCodes.Thrown(File.ReadAllText(House.Sources("tests/EPM.Architecture.Tests/Planted").Single())))
            .ShouldBe(["planted_code_without_a_sentence", "planted_rule_without_a_sentence"]);
        Untold(TextCodes.OfRows("""outcome.Reject(in line, Columns.Store, empty ? "planted_one" : "planted_two", value); new RowError("time_zone", "planted_three", x);"""))
            .ShouldBe(["planted_one", "planted_two", "planted_three"]);
        Untold(TextCodes.OfValidators([typeof(Planted.UntoldValidator)], new ServiceCollection().BuildServiceProvider()))
            .ShouldHaveSingleItem().ShouldBe("planted_rule_without_a_sentence");
    }

    private static IEnumerable<string> Untold(IEnumerable<string> codes) => codes.Where(code => !Texts.Codes("fr").Contains(code));

    private static HashSet<string> Placeholders(string language, string code) =>
        [.. System.Text.RegularExpressions.Regex.Matches(Texts.Say(language, code), @"\{\w+\}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value)];
}
