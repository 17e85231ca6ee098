using System.Reflection;
using System.Text.RegularExpressions;
using EPM.Platform.Http;
using FluentValidation;
using FluentValidation.Validators;

namespace EPM.Architecture.Tests.Code;

/// <summary>The codes that sources and validators use.</summary>
internal static partial class TextCodes
{
    private static readonly string Failures = string.Join('|', typeof(Failure).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Failure))).Select(type => type.Name));

    /// <summary>Codes that failures are thrown with, and fields refused with.</summary>
    public static IEnumerable<string> Thrown(string source)
    {
        var uses = new Regex($@"\bnew\s+(?:{Failures})\s*\(\s*(?:code:\s*)?""(?<code>[a-z0-9_]+)""|WithErrorCode\(\s*""(?<code>\w+)""|:\s*Failure\(\d+,\s*""(?<code>\w+)""|string code = ""(?<code>\w+)""|new FieldError\([^;]*?,\s*""(?<code>\w+)""\)",
            RegexOptions.None, TimeSpan.FromSeconds(1));
        return uses.Matches(source).Select(match => match.Groups["code"].Value);
    }

    /// <summary>Codes that rows of an import are refused with; each also has a sentence that says what to do.</summary>
    public static IEnumerable<string> OfRows(string source) =>
        from Match use in RowError().Matches(source)
        from Match literal in Literal().Matches(use.Groups["rest"].Value)
        select literal.Groups["code"].Value;

    /// <summary>Codes of a validator's rules, the library's own included.</summary>
    public static IEnumerable<string> OfValidators(IEnumerable<Type> types, IServiceProvider services) =>
        from type in types
        where type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(IValidator).IsAssignableFrom(type) && typeof(IEnumerable<IValidationRule>).IsAssignableFrom(type)
        let validator = (IEnumerable<IValidationRule>)Make(type, services)
        from rule in validator
        from component in rule.Components
        where component.Validator is not IChildValidatorAdaptor
        select component.ErrorCode ?? component.Validator.Name;

    private static object Make(Type type, IServiceProvider services)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => services.GetService(parameter.ParameterType))]);
    }

    // The first literal names the column; what follows in the statement is the code, or the two of a condition.
    [GeneratedRegex(@"(?:new RowError|\.Reject)\((?<rest>[^;]*);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowError();

    [GeneratedRegex(@"[,?:]\s*""(?<code>[a-z]+(_[a-z0-9]+)+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
