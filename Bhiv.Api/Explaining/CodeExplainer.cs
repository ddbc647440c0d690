using Bhiv.Api.Http;
using Bhiv.Application.Explaining;

namespace Bhiv.Api.Explaining;

/// <summary>Explains a refusal by its code: the one list of them says what each means and what mends it.</summary>
internal static class CodeExplainer
{
    /// <param name="detail">What was said of this one case.</param>
    /// <param name="rows">What was kept of it.</param>
    public static Explanation Explain(ProblemType type, string? detail = null, IReadOnlyList<Check>? rows = null) => new(
        $"A refusal with status {type.Status}",
        type.Code,
        [.. detail is null ? [] : new[] { new Check("detail", null, detail) }, .. rows ?? []]);
}
