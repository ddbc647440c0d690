using System.Collections.Concurrent;
using Bhiv.Tests.Support;
using CsCheck;

namespace Bhiv.Tests.Tokens;

/// <summary>Random runs of calls, at the service and at a plain model of it: they agree at every step.</summary>
public sealed class SessionModelTests
{
    private static readonly string[] Worth =
    [
        "200 rotated", "200 retried", "401 refresh_token_reused", "401 revoked_refresh_token", "401 expired_refresh_token",
        "401 invalid_refresh_token", "401 revoked_token", "401 expired_token", "401 invalid_token", "401 invalid_credentials",
        "404 not_found", "the newest pair again", "active", "{\"active\":false}", "a list", "204",
        "403 password_change_required", "done", "taken", "not found", "of the environment", "the last administrator",
    ];

    [Test]
    public async Task Service_and_model_agree_at_every_step_of_every_run()
    {
        var outcomes = new ConcurrentDictionary<string, int>();
        var failing = new ConcurrentQueue<SessionCall[]>();
        try
        {
            await SessionCall.Any.Array[20, 80].SampleAsync(
                async calls =>
                {
                    if (await FailureAsync(calls, outcome => outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1)) is null) return;
                    failing.Enqueue(calls);
                    throw new AssertionException("They do not agree.");
                },
                iter: Proofs.Size(100, 3_000),
                threads: 2,
                print: _ => string.Empty);
        }
        catch (CsCheckException fault)
        {
            var shortest = await ShortenAsync(failing.MinBy(calls => calls.Length)!);
            Assert.Fail($"{fault.Message}\n{shortest.Message}");
        }

        foreach (var (outcome, count) in outcomes.OrderByDescending(it => it.Value)) TestContext.Out.WriteLine($"{count,8} {outcome}");
        // Runs that never come to these prove nothing of them.
        Assert.That(outcomes.Keys, Is.SupersetOf(Worth));
    }

    /// <summary>Leaves out every call without which the run fails as well.</summary>
    private static async Task<AssertionException> ShortenAsync(SessionCall[] calls)
    {
        var failure = (await FailureAsync(calls, _ => { }))!;
        for (var size = calls.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at < calls.Length;)
            {
                SessionCall[] without = [.. calls[..at], .. calls[Math.Min(at + size, calls.Length)..]];
                if (await FailureAsync(without, _ => { }) is { } still) (calls, failure) = (without, still);
                else at += size;
            }
        }
        return failure;
    }

    private static async Task<AssertionException?> FailureAsync(SessionCall[] calls, Action<string> met)
    {
        try
        {
            await SessionRun.RunAsync(calls, met);
            return null;
        }
        catch (AssertionException failure)
        {
            return failure;
        }
    }
}
