using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using FluentValidation;
using MediatR;

namespace EPM.Architecture.Tests.Planted
{
    /// <summary>Public without being a contract.</summary>
    public sealed class Exposed
    {
        public string Name => nameof(Exposed);
    }

#pragma warning disable CA1852 // That is what it is planted for.
    internal class Open;
#pragma warning restore CA1852

    internal sealed record Undeclared : IQuery<int>;

    [Public("")]
    internal sealed record PublicForNoReason : IQuery<int>;

    [Needs("stores.everything")]
    internal sealed record NeedsWhatNobodyHas : IQuery<int>;

    [Public("said twice"), Needs(Permissions.ViewStores)]
    internal sealed record DeclaredTwice : IQuery<int>;

    [Public("a request of no kind has no transaction and no reason for having none")]
    internal sealed record Kindless : IRequest<int>;

    [Public("nobody answers it")]
    internal sealed record Unanswered : IQuery<int>;

    internal static class Endpoints
    {
        public static string Shortcut() => throw new NotFound("planted_code_without_a_sentence");
    }

    internal sealed class UntoldValidator : AbstractValidator<Exposed>
    {
        public UntoldValidator() => RuleFor(exposed => exposed.Name).NotEmpty().WithErrorCode("planted_rule_without_a_sentence");
    }
}

namespace EPM.Architecture.Tests.Planted.Contracts
{
    public sealed class Shown;
}
