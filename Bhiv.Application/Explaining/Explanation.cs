namespace Bhiv.Application.Explaining;

/// <summary>Why something is refused, or that it is not: each check in the order in which it is made.</summary>
/// <param name="Subject">What it is.</param>
/// <param name="Code">The code of the refusal that a call with it would get now; null where it would get none.</param>
/// <param name="Checks">Those behind the one that failed too; one that cannot be made says so.</param>
public sealed record Explanation(string Subject, string? Code, IReadOnlyList<Check> Checks)
{
    /// <summary>Where there is no code.</summary>
    public string Verdict { get; init; } = Checks.Any(check => check.Passed == false)
        ? "ok, a call with it is let in; not every check of it passes."
        : "ok, nothing is wrong with it.";
}

/// <summary>One check.</summary>
/// <param name="Passed">Null: it could not be made, or there is nothing to fail.</param>
/// <param name="Said">What was found. Never a credential.</param>
public sealed record Check(string Name, bool? Passed, string Said);
