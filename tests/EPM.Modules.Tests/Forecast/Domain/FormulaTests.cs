using EPM.Forecast.Domain;

namespace EPM.Modules.Tests.Forecast.Domain;

public sealed class FormulaTests
{
    [Theory]
    [InlineData("*1.2", 1.2, 0)]
    [InlineData("*1,2", 1.2, 0)]
    [InlineData("× 1,2", 1.2, 0)]
    [InlineData("+250", 1, 250)]
    [InlineData("-250", 1, -250)]
    [InlineData("−1 250,5", 1, -1250.5)]
    [InlineData("+1\u202f000\u00a0000", 1, 1_000_000)]
    [InlineData("-10%", 0.9, 0)]
    [InlineData("-10 %", 0.9, 0)]
    [InlineData("+5%", 1.05, 0)]
    [InlineData("+2,5%", 1.025, 0)]
    [InlineData("-100%", 0, 0)]
    [InlineData("*3.5+100", 3.5, 100)]
    [InlineData("*3,5 - 100", 3.5, -100)]
    public void A_planner_writes_a_formula_as_they_would_on_paper(string text, double factor, double added)
    {
        Formula.Read(text, out var formula).ShouldBeNull();
        formula.ShouldBe(new Formula((decimal)factor, (long)((decimal)added * Formula.Unit), null));
        formula.IsOfEachDay.ShouldBe(added == 0);
    }

    [Theory]
    [InlineData("=300", 300)]
    [InlineData("= 0", 0)]
    [InlineData("=12,3456", 12.3456)]
    public void An_equals_sign_replaces_the_forecast(string text, double total)
    {
        Formula.Read(text, out var formula).ShouldBeNull();
        formula.Set.ShouldBe((long)((decimal)total * Formula.Unit));
        formula.IsOfEachDay.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "formula_form")]
    [InlineData("*", "formula_form")]
    [InlineData("300", "formula_form")]
    [InlineData("/2", "formula_form")]
    [InlineData("plus 10", "formula_form")]
    [InlineData("*deux", "formula_number")]
    [InlineData("+1.2.3", "formula_number")]
    [InlineData("+1.", "formula_number")]
    [InlineData("+.5", "formula_number")]
    [InlineData("+1e9", "formula_number")]
    [InlineData("+-5", "formula_number")]
    [InlineData("*1.2+", "formula_number")]
    [InlineData("*1.2+10%", "formula_number")]
    [InlineData("=1.23456", "formula_number")]
    [InlineData("+%", "formula_number")]
    [InlineData("+٣", "formula_number")]
    [InlineData("-101%", "formula_range")]
    [InlineData("*1001", "formula_range")]
    [InlineData("+1000000001", "formula_range")]
    [InlineData("=99999999999999999999999999", "formula_range")]
    [InlineData("=99999999999999999999999999999999999999", "formula_number")]
    public void What_is_no_formula_is_refused_with_the_reason(string text, string code) =>
        Formula.Read(text, out _).ShouldBe(code);
}
