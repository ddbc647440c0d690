using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Http;

/// <summary>A way to be refused: at which call, with which code, by what.</summary>
public sealed record Provocation(string Path, string Code, string By)
{
    internal Func<BhivService, Task<Answer>> Call { get; init; } = null!;

    internal Action<IServiceCollection>? Replace { get; init; }

    /// <summary>The method that the path is for.</summary>
    internal HttpMethod Allowed { get; init; } = HttpMethod.Post;

    public override string ToString() => $"{Path} {Code}: {By}";
}
