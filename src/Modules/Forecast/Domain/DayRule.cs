using FluentValidation;

namespace EPM.Forecast.Domain;

/// <summary>The one rule for days that people name: what lies centuries away is a slip, and days are counted from it.</summary>
internal static class DayRule
{
    public static IRuleBuilderOptions<T, DateOnly> IsDayOfBusiness<T>(this IRuleBuilder<T, DateOnly> rule) => rule.Must(IsLikely).WithErrorCode("date_range");

    public static IRuleBuilderOptions<T, DateOnly?> IsDayOfBusiness<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Must(day => day is not { } known || IsLikely(known)).WithErrorCode("date_range");

    private static bool IsLikely(DateOnly day) => day.Year is >= 1990 and <= 2100;
}
