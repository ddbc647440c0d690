using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>
/// What the guard allocates: the whole service with it less the whole service without it, for the same bytes on the wire, so that
/// server, client and action cancel out. Unlike time it does not vary with the machine. Nothing else may run in the process.
/// </summary>
[NonParallelizable]
public sealed class GuardAllocationTests
{
    private const int Requests = 300;
    private const int Rounds = 5;

    private const int Ceiling = 6 * 1024;

    [Test]
    public async Task The_guard_allocates_no_more_than_its_ceiling()
    {
        await using var guarded = await BhivService.StartAsync();
        await using var bare = await BhivService.StartAsync(replace: WithoutCredentials.Replace);
        var token = (await guarded.Client.LoginAsync()).AccessToken;

        var withGuard = await LeastAsync(guarded, token);
        var without = await LeastAsync(bare, token);

        TestContext.Out.WriteLine($"{withGuard - without} of {withGuard} bytes");
        Assert.That(withGuard - without, Is.InRange(1_000, Ceiling));
    }

    /// <summary>The least of several rounds: what else the runtime does in the meantime only adds.</summary>
    private static async Task<long> LeastAsync(BhivService service, string token)
    {
        var rounds = new List<long>();
        for (var round = 0; round <= Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var request = 0; request < Requests; request++)
            {
                if ((await service.Client.GenerateAsync(token)).Status != HttpStatusCode.OK) Assert.Fail("A request was refused.");
            }
            rounds.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / Requests);
        }
        return rounds.Skip(1).Min();
    }
}
