using EPM.Architecture.Tests.Planted;
using EPM.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace EPM.Architecture.Tests.Code;

public sealed class MediationTests
{
    private static readonly Type[] Requests = [.. Mediation.RequestsIn(House.Assemblies)];

    [Fact]
    public void Every_request_says_who_may_send_it()
    {
        Requests.Length.ShouldBeGreaterThan(20);
        Mediation.Undeclared(Requests).ShouldBeEmpty();
    }

    [Fact]
    public void Every_request_is_of_one_kind_and_has_one_handler() =>
        Mediation.Misfits(Requests, House.Assemblies.SelectMany(assembly => assembly.GetTypes())).ShouldBeEmpty();

    [Fact]
    public async Task Every_route_goes_through_the_mediator()
    {
        var routes = Routes.Of(await EpmHost.SharedAsync());
        routes.Count.ShouldBeGreaterThan(20);
        Mediation.BesideTheMediator(routes).ShouldBeEmpty();
    }

    [Fact]
    public void The_rules_catch_what_they_are_there_for()
    {
        Type[] planted = [typeof(Undeclared), typeof(PublicForNoReason), typeof(NeedsWhatNobodyHas), typeof(DeclaredTwice)];
        Mediation.Undeclared(planted).Count().ShouldBe(4);
        var misfits = Mediation.Misfits([typeof(Kindless), typeof(Unanswered)], []).ToArray();
        misfits.ShouldContain("Kindless is of 0 kinds");
        misfits.ShouldContain("Unanswered has 0 handlers");
        var shortcut = (RouteEndpoint)new RouteEndpointBuilder(_ => Task.CompletedTask, RoutePatternFactory.Parse("/planted"), 0)
        {
            Metadata = { ((Delegate)Endpoints.Shortcut).Method },
        }.Build();
        Mediation.BesideTheMediator([shortcut]).ShouldHaveSingleItem();
    }
}
