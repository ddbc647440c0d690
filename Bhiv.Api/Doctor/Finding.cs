namespace Bhiv.Api.Doctor;

/// <summary>From the best to the worst.</summary>
internal enum Severity
{
    Ok,

    /// <summary>Worth knowing, and nothing to be done at once.</summary>
    Note,

    /// <summary>It works, and somebody should look at it.</summary>
    Warning,

    /// <summary>It does not work, will not, or is overdue.</summary>
    Error,
}

/// <summary>Something that can be found: <see cref="Catalogue"/> has all of them.</summary>
/// <param name="Id">For scripts: it stays what it is.</param>
/// <param name="Mend">What is to be done; null of what is well.</param>
internal sealed record FindingKind(string Id, Severity Severity, string? Mend)
{
    /// <param name="found">One or more sentences. Never a secret.</param>
    public Finding Of(string found) => new(this, found);
}

internal sealed record Finding(FindingKind Kind, string Found);
