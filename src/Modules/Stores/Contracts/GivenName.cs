using FluentValidation;

namespace EPM.Stores.Contracts;

/// <summary>The one rule for names that people give to regions, stores, categories and products.</summary>
public static class GivenName
{
    /// <summary>Required, at most <paramref name="most"/> characters, and none that cannot be shown (code <c>text_plain</c>).</summary>
    public static IRuleBuilderOptions<T, string> IsGivenName<T>(this IRuleBuilderInitial<T, string> rule, int most = 120) =>
        rule.Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(most).Must(name => !name.Any(char.IsControl)).WithErrorCode("text_plain");
}
