using Bhiv.Tests.Support;

namespace Bhiv.Benchmark.Serving;

/// <summary>A commit's sources beside the present ones, gone again at the end.</summary>
internal sealed class Worktree : IAsyncDisposable
{
    private Worktree(string path) => Path = path;

    public string Path { get; }

    public static async Task<Worktree> AddAsync(string commit, string path, CancellationToken cancellationToken)
    {
        await Tool.RunAsync("git", ["-C", Repository.Root, "worktree", "add", "--detach", path, commit], cancellationToken);
        return new Worktree(path);
    }

    // Whoever gave up waiting still wants it gone.
    public async ValueTask DisposeAsync() => await Tool.RunAsync(
        "git", ["-C", Repository.Root, "worktree", "remove", "--force", Path], CancellationToken.None);
}
