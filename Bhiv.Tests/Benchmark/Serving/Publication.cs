namespace Bhiv.Benchmark.Serving;

/// <summary>The published build, as the README tells an operator to make it.</summary>
internal static class Publication
{
    /// <summary>Publishes a project; the path of its library.</summary>
    public static async Task<string> PublishAsync(
        string root, string project, string directory, string name, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"Publishing {project} ({name}) …");
        var output = Path.Combine(directory, name);
        await Tool.RunAsync(
            "dotnet",
            // No build server and no node is left behind to take time from what is measured.
            ["publish", Path.Combine(root, project), "-c", "Release", "-o", output,
                "-p:ReadyToRun=true", "-nodereuse:false", "-p:UseSharedCompilation=false"],
            cancellationToken);
        return Path.Combine(output, project == "Bhiv.Api" ? "Bhiv.Api.dll" : "Bhiv.Benchmark.dll");
    }
}
