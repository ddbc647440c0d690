using System.Runtime.Versioning;

namespace Bhiv.Tests.Scripts;

/// <summary>What the scripts make of a service that takes no more of their calls.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class ScriptLimitTests : ScriptFixture
{
    protected override string[] Settings => ["--RateLimits:RequestsPerMinute=1"];

    [Test]
    public async Task A_call_too_many_says_how_long_to_wait_and_keeps_the_session()
    {
        await RunAsync("login");
        var kept = Kept("refresh_token");

        foreach (var script in new[] { "generate", "refresh", "login", "logout" })
        {
            var refused = await RunAsync(script, script == "generate" ? ["Office"] : []);
            Assert.That((refused.ExitCode, refused.Output), Is.EqualTo((1, "")), script);
            Assert.That(refused.Messages, Does.Match(@"^\w+: Refused \(rate_limited\): Too many requests\. Come back in \d+ seconds\. Wait "));
            Assert.That(Kept("refresh_token"), Is.EqualTo(kept), script);
        }
    }
}
