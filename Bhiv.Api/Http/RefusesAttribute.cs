namespace Bhiv.Api.Http;

/// <summary>
/// What an endpoint refuses by itself. Nothing is said here of what its credentials, its body and its query can be refused with:
/// that is known from what it demands.
/// </summary>
/// <param name="types">Members of <see cref="ProblemType"/>, by <c>nameof</c>: its values cannot stand in an attribute.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesAttribute(params string[] types) : Attribute
{
    public IReadOnlyList<ProblemType> Types { get; } =
        [.. types.Select(name => ProblemType.All.Single(type => type.Code == BodyReader.Options.PropertyNamingPolicy!.ConvertName(name)))];
}
