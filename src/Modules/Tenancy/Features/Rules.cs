using EPM.Platform.Localisation;
using EPM.Platform.Security;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Domain;
using FluentValidation;

namespace EPM.Tenancy.Features;

/// <summary>Rules that several requests of this module share.</summary>
internal static class Rules
{
    public static IRuleBuilderOptions<T, string> IsName<T>(this IRuleBuilderInitial<T, string> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().MaximumLength(120).Must(IsPlain).WithErrorCode("text_plain");

    public static IRuleBuilderOptions<T, string> IsEmail<T>(this IRuleBuilderInitial<T, string> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().MaximumLength(254).EmailAddress().Must(email => IsPlain(email) && !email.Any(char.IsWhiteSpace)).WithErrorCode("EmailValidator");

    public static IRuleBuilderOptions<T, string> IsNewPassword<T>(this IRuleBuilderInitial<T, string> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().MinimumLength(PasswordPolicy.Shortest).WithErrorCode("password_short")
        .MaximumLength(PasswordPolicy.Longest).WithErrorCode("password_long")
        .Must(PasswordPolicy.IsUncommon).WithErrorCode("password_common");

    /// <param name="known">Whose it is: the person's address and name, and the chain's.</param>
    public static IRuleBuilderOptions<T, string> IsNewPassword<T>(this IRuleBuilderInitial<T, string> rule, Func<T, IEnumerable<string?>> known) => rule.IsNewPassword()
        .Must((whole, password) => PasswordPolicy.IsMoreThan(password, known(whole))).WithErrorCode("password_own");

    public static IRuleBuilderOptions<T, string> IsLanguage<T>(this IRuleBuilderInitial<T, string> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().Must(language => Texts.Languages.Contains(language)).WithErrorCode("language_unknown");

    public static IRuleBuilderOptions<T, string> IsRole<T>(this IRuleBuilderInitial<T, string> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().Must(role => Roles.All.Contains(role)).WithErrorCode("role_unknown");

    /// <param name="known">Those who know what codes there are: a code that names nothing would silently show nothing.</param>
    public static IRuleBuilderOptions<T, ScopeView> IsScope<T>(this IRuleBuilderInitial<T, ScopeView> rule, IEnumerable<IScopeCodes> known) =>
        rule.Cascade(CascadeMode.Stop).NotNull().SetValidator(new ScopeValidator(known));

    // The database stores no NUL, and no name needs a control character.
    private static bool IsPlain(string text) => !text.Any(char.IsControl);

    private sealed class ScopeValidator : AbstractValidator<ScopeView>
    {
        private const int MostCodes = 500;

        public ScopeValidator(IEnumerable<IScopeCodes> known)
        {
            RuleFor(scope => scope.Kind).Cascade(CascadeMode.Stop).NotEmpty().Must(IsKind).WithErrorCode("scope_kind");
            RuleFor(scope => scope.Regions).Cascade(CascadeMode.Stop).Must(AreCodes).WithErrorCode("scope_empty")
                .MustAsync((scope, _, ct) => AreKnownAsync(scope, nameof(DataScope.Regions), ct)).WithErrorCode("scope_unknown").When(scope => scope.Kind == "regions");
            RuleFor(scope => scope.Stores).Cascade(CascadeMode.Stop).Must(AreCodes).WithErrorCode("scope_empty")
                .MustAsync((scope, _, ct) => AreKnownAsync(scope, nameof(DataScope.Stores), ct)).WithErrorCode("scope_unknown").When(scope => scope.Kind == "stores");
            RuleFor(scope => scope.Categories).Cascade(CascadeMode.Stop).Must(AreCodes).WithErrorCode("scope_empty")
                .MustAsync((scope, _, ct) => AreKnownAsync(scope, nameof(DataScope.Categories), ct)).WithErrorCode("scope_unknown").When(scope => IsKind(scope.Kind) && scope.Categories is { Count: > 0 });

            async Task<bool> AreKnownAsync(ScopeView scope, string list, CancellationToken ct)
            {
                foreach (var owner in known)
                {
                    if ((await owner.UnknownAsync(scope.ToScope(), ct)).Contains(list))
                        return false;
                }
                return true;
            }
        }

        private static bool IsKind(string kind) => kind is "all" or "regions" or "stores";

        private static bool AreCodes(IReadOnlyList<string>? codes) =>
            codes is { Count: > 0 and <= MostCodes } && codes.All(code => !string.IsNullOrWhiteSpace(code) && code.Length <= 64 && IsPlain(code));
    }
}
