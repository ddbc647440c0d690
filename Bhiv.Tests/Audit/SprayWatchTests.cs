using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;

namespace Bhiv.Tests.Audit;

public sealed class SprayWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private SprayWatch watch = null!;

    [SetUp]
    public void BeginAnew() => watch = new SprayWatch();

    [Test]
    public void It_is_one_from_the_twentieth_name_of_a_network_on_known_or_not()
    {
        for (var name = 1; name < SprayWatch.Names; name++) Assert.That(watch.IsSpray(Failure($"{name}")), Is.False);

        Assert.That(watch.IsSpray(Failure("1")), Is.False, "a name again");
        Assert.That(watch.IsSpray(Failure("1", "192.0.2.2")), Is.False, "another address");
        Assert.That(watch.IsSpray(Failure(null!) with { AccountId = new AccountId(Guid.NewGuid()) }), Is.True, "the last name");
        Assert.That(watch.IsSpray(Failure("1")), Is.True, "any name after it");
    }

    [Test]
    public void Names_of_another_window_do_not_count()
    {
        for (var name = 1; name < SprayWatch.Names; name++) watch.IsSpray(Failure($"{name}", at: Start.Add(SprayWatch.Window).AddTicks(-1)));

        Assert.That(watch.IsSpray(Failure("last", at: Start.Add(SprayWatch.Window))), Is.False);
        for (var name = 2; name < SprayWatch.Names; name++) watch.IsSpray(Failure($"{name}", at: Start.Add(SprayWatch.Window)));
        Assert.That(watch.IsSpray(Failure("late", at: Start)), Is.True, "what is late counts with what is there");
    }

    [Test]
    public void Addresses_of_one_IPv6_network_are_one()
    {
        for (var name = 1; name < SprayWatch.Names; name++) watch.IsSpray(Failure($"{name}", $"2001:db8::{name:x}"));

        Assert.That(watch.IsSpray(Failure("last", "2001:db8:0:1::1")), Is.False, "another /64");
        Assert.That(watch.IsSpray(Failure("last", "2001:db8::ffff")), Is.True);
    }

    [Test]
    public void From_more_networks_than_it_tells_apart_it_is_one_of_them_all()
    {
        var spray = false;
        for (var network = 0; network < SprayWatch.MaximumNetworks; network++) spray |= watch.IsSpray(Failure("name", $"net {network}"));
        Assert.That(spray, Is.False);

        for (var name = 1; name < SprayWatch.Names; name++) spray |= watch.IsSpray(Failure($"{name}", $"further {name}"));
        Assert.That(spray, Is.False);
        Assert.That(watch.IsSpray(Failure("last", "further")), Is.True);
    }

    private static FailedLogin Failure(string name, string address = "192.0.2.1", DateTimeOffset? at = null) => new()
    {
        Id = FailedLoginId.New(Start),
        At = at ?? Start,
        UsernameHash = name,
        Address = address,
        Reason = FailedLoginReason.WrongPassword,
    };
}
