namespace Bhiv.Api.Doctor;

/// <summary>Where each secret comes from, how long it is and how old.</summary>
internal static class SecretRules
{
    private const UnixFileMode Readable = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public static IEnumerable<Finding> Judge(Evidence it)
    {
        foreach (var secret in it.Secrets.All)
        {
            yield return Judge(secret, it);
            if (secret.FileMode is { } mode && RightOf(mode) is { } right)
            {
                yield return Catalogue.SecretFileOpen.Of(
                    $"{secret.Name}: {secret.Source} has mode {Phrases.Of(mode)}, and more than its owner can {right} it.");
            }
        }
        // Most of them a server refuses, and says so.
        foreach (var names in it.Secrets.Shared.Where(names => !IsRefused(names)))
            yield return Catalogue.SecretShared.Of($"{names} have the same value.");

        bool IsRefused(string names) => it.Refusals.Any(refusal => refusal.StartsWith($"{names} have", StringComparison.Ordinal));
    }

    /// <summary>Who writes it chooses what signs, or who gets in: no less than who reads it.</summary>
    /// <returns>What somebody else may do; null where nobody may.</returns>
    private static string? RightOf(UnixFileMode mode) => (mode.Gives(Readable), mode.Gives(Writable)) switch
    {
        (true, true) => "read and write",
        (true, false) => "read",
        (false, true) => "write",
        (false, false) => null,
    };

    private static Finding Judge(SecretFacts secret, Evidence it)
    {
        var what = $"{secret.Name} is from {secret.Source}, {Phrases.Count(secret.Bytes, "byte")}";
        if (secret.Id is not null) what += $", id {secret.Id}";
        if (secret.IsPublished) return Catalogue.SecretPublished.Of($"{what}: a value that the runbook publishes.");
        if (secret.Id is null) return Catalogue.SecretGood.Of($"{what}.");
        if (it.Keys is null) return Catalogue.SecretGood.Of($"{what}; how old it is stands in the database.");
        if (!it.Keys.HasSeen(secret.Id)) return Catalogue.SecretUnseen.Of($"{what}. No server has had it yet.");
        if (it.Keys.Ages.FirstOrDefault(age => age.Name == secret.Name && age.Id == secret.Id) is not { } known)
            return Catalogue.SecretGood.Of($"{what}; it is not in use.");

        what += $", {Phrases.Of(known.Age(it.Now))} old";
        return known.Left(it.Now) switch
        {
            null => Catalogue.SecretGood.Of($"{what}, and replaced."),
            var left when left <= TimeSpan.Zero => Catalogue.SecretOverdue.Of($"{what}; it was due at {Phrases.Of(known.RotateBy!.Value)}."),
            _ when known.Warning(it.Now) is not null => Catalogue.SecretDue.Of($"{what}; it is due at {Phrases.Of(known.RotateBy!.Value)}."),
            _ => Catalogue.SecretGood.Of($"{what}; it is due at {Phrases.Of(known.RotateBy!.Value)}."),
        };
    }
}
