using Bhiv.Application.Rotation;
using Bhiv.Domain;
using Bhiv.Domain.Rotation;

namespace Bhiv.Api.Configuration;

/// <summary>
/// Follows the files of secrets: what they say counts without a restart. A change counts once two looks have found the same, a second
/// apart, so that nothing that is half written is ever taken for a secret, nor told to be wrong. What cannot be used changes nothing
/// and is told.
/// </summary>
internal sealed class SecretFilesWatch(
    Settings settings, EnvironmentSecrets secrets, TimeProvider time, ILogger<SecretFilesWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private IReadOnlyDictionary<string, string> good = settings.SecretTexts;
    private IReadOnlyDictionary<string, string> seen = settings.SecretTexts;
    private Secrets current = settings.Secrets;
    private string unread = string.Empty;
    private string told = string.Empty;
    private bool isRemembered = true;
    private bool failing;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        var read = settings.SecretFiles.Read(good, failures);
        var problems = string.Join(' ', failures);
        if (problems == unread && AreSame(read, seen))
        {
            if (!AreSame(read, good)) Take(read, failures);
            Tell(failures);
        }
        (seen, unread) = (read, problems);
        if (!isRemembered) await RememberAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EachAsync(Interval, TryLookAsync, stoppingToken);

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever it was, who let it out would stop the service, and who gave up would never hear of a file again.
            if (!failing) logger.SecretFilesUnfollowed(fault);
            failing = true;
            return;
        }
        failing = false;
    }

    private void Take(Dictionary<string, string> read, List<string> failures)
    {
        var judged = new List<string>();
        var next = Secrets.Read(read, settings.Development, settings.Passwords.MinimumLength, judged, areReplaced: true);
        if (next is not null && judged.Count == 0 && !secrets.TryApply(next.SigningKeys, next.ApiKeys))
            judged.Add($"{SecretAge.JwtSecret} was marked as compromised and signs nothing any more.");
        failures.AddRange(judged);
        if (next is null || judged.Count > 0) return;

        (good, current, isRemembered) = (read, next, false);
        foreach (var doubled in next.Doubled) logger.SecretsDoubled(doubled);
        logger.SecretsReplaced(
            string.Join(", ", next.SigningKeys.All.Select(key => key.Id)), string.Join(", ", next.ApiKeys.All.Select(key => key.KnownAs)));
    }

    /// <summary>Once for each thing that is wrong, and once that it is mended.</summary>
    private void Tell(List<string> failures)
    {
        var text = string.Join(' ', failures);
        if (text == told) return;
        told = text;
        if (text.Length > 0) logger.SecretFilesRefused(text);
        else logger.SecretFilesGood();
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        try
        {
            await secrets.RememberAsync(current.SigningKeys, current.ApiKeys, cancellationToken);
            isRemembered = true;
        }
        catch (StoreUnavailableException)
        {
            // They are good all the same; the next look tries again.
        }
    }

    private static bool AreSame(Dictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var text) && text == pair.Value);
}
