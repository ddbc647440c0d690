using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bhiv.Tests.Documents;

/// <summary>
/// Runs the fenced commands of a page from top to bottom, in one shell as its reader would, and compares what they print with the
/// fenced output behind them. In an output … stands for anything.
/// </summary>
internal sealed partial class DocumentRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string directory;
    private readonly Process shell;
    private readonly Dictionary<string, string> tokens = [];
    private int count;

    /// <param name="directory">Where the reader stands.</param>
    /// <param name="environment">What the reader's shell knows beforehand.</param>
    public DocumentRun(string directory, Dictionary<string, string> environment)
    {
        this.directory = directory;
        // A session of its own: what it leaves running ends with it.
        var start = new ProcessStartInfo("setsid", ["bash"]) { RedirectStandardInput = true, WorkingDirectory = directory };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        shell = Process.Start(start)!;
        shell.StandardInput.AutoFlush = true;
    }

    /// <param name="adapt">A block as it is run here; null leaves it out.</param>
    public async Task RunAsync(string page, Func<string, string?> adapt)
    {
        var blocks = Fence().Matches(await File.ReadAllTextAsync(page)).Select(match => (Language: match.Groups[1].Value, Text: match.Groups[2].Value)).ToList();
        for (var at = 0; at < blocks.Count; at++)
        {
            if (blocks[at].Language != "bash" || adapt(blocks[at].Text) is not { } command) continue;
            var printed = await RunAsync(command);
            // Each output takes what it says from the beginning of what is left.
            var expected = blocks.Skip(at + 1).TakeWhile(block => block.Language is "json" or "text").ToList();
            if (expected.Count == 0) continue;
            var rest = printed.TrimStart();
            foreach (var output in expected) rest = Take(output.Language, output.Text.Trim(), rest, command).TrimStart();
            Assert.That(rest, Is.Empty, command);
        }
    }

    public void Dispose()
    {
        // The whole session, the service that a page started included.
        Process.Start("/bin/kill", ["-KILL", "--", $"-{shell.Id}"]).WaitForExit();
        shell.Dispose();
    }

    private async Task<string> RunAsync(string command)
    {
        foreach (var (placeholder, token) in tokens) command = command.Replace(placeholder, token, StringComparison.Ordinal);
        var (script, output, errors, end) = (Name("sh"), Name("out"), Name("err"), Name("end"));
        count++;
        await File.WriteAllTextAsync(script, command);
        // In one shell, so that what a block sets stays set; any of its commands that fails counts, and not the last alone.
        await shell.StandardInput.WriteLineAsync(
            $"failed=0; trap 'failed=1' ERR; set -E -o pipefail; . {script} > {output} 2> {errors} < /dev/null; "
            + $"trap - ERR; echo $failed > {end}.new; mv {end}.new {end}");
        var watch = Stopwatch.StartNew();
        while (!File.Exists(end) && watch.Elapsed < Patience && !shell.HasExited) await Task.Delay(TimeSpan.FromMilliseconds(20));

        var printed = await File.ReadAllTextAsync(output);
        var said = $"{command}\n{printed}\n{await File.ReadAllTextAsync(errors)}";
        Assert.That(File.Exists(end), Is.True, said);
        Assert.That((await File.ReadAllTextAsync(end)).Trim(), Is.EqualTo("0"), said);
        foreach (var name in new[] { "access_token", "refresh_token" })
        {
            if (Regex.Match(printed, $"\"{name}\":\"([^\"]+)\"") is { Success: true } found) tokens[$"<{name.Replace('_', '-')}>"] = found.Groups[1].Value;
        }
        return printed;
    }

    private string Name(string kind) => Path.Combine(directory, $".block-{count}.{kind}");

    /// <summary>What is left of what was printed, once the output stands at its beginning.</summary>
    private static string Take(string language, string expected, string printed, string command)
    {
        if (language == "json")
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(printed), new JsonReaderOptions { AllowMultipleValues = true });
            var actual = JsonElement.ParseValue(ref reader);
            AssertAlike(JsonDocument.Parse(expected).RootElement, actual, command);
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(printed)[(int)reader.BytesConsumed..]);
        }
        var match = Regex.Match(printed, "^" + Pattern(expected, "[^\n]*") + "(\n|$)");
        Assert.That(match.Success, Is.True, $"{command}\nsays:\n{expected}\nand prints:\n{printed}");
        return printed[match.Length..];
    }

    private static void AssertAlike(JsonElement expected, JsonElement actual, string where)
    {
        if (expected.ValueKind == JsonValueKind.String && expected.GetString() == "…") return;
        Assert.That(actual.ValueKind, Is.EqualTo(expected.ValueKind), $"{where}: {actual}");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var more = expected.TryGetProperty("…", out _);
                var names = expected.EnumerateObject().Select(it => it.Name).Where(name => name != "…").ToList();
                if (!more) Assert.That(actual.EnumerateObject().Select(it => it.Name), Is.EqualTo(names), where);
                foreach (var name in names)
                {
                    Assert.That(actual.TryGetProperty(name, out var member), Is.True, $"{where}: {name} of {actual}");
                    AssertAlike(expected.GetProperty(name), member, $"{where}: {name}");
                }
                break;
            case JsonValueKind.Array:
                var items = expected.EnumerateArray().ToList();
                var open = items is [.., { ValueKind: JsonValueKind.String } last] && last.GetString() == "…";
                if (open) items.RemoveAt(items.Count - 1);
                Assert.That(actual.GetArrayLength(), open ? Is.AtLeast(items.Count) : Is.EqualTo(items.Count), $"{where}: {actual}");
                foreach (var (one, other) in items.Zip(actual.EnumerateArray())) AssertAlike(one, other, where);
                break;
            case JsonValueKind.String:
                Assert.That(actual.GetString(), Does.Match("^" + Pattern(expected.GetString()!, ".*") + "$"), where);
                break;
            default:
                Assert.That(actual.GetRawText(), Is.EqualTo(expected.GetRawText()), where);
                break;
        }
    }

    private static string Pattern(string text, string anything) =>
        Regex.Escape(text).Replace("…", anything, StringComparison.Ordinal);

    [GeneratedRegex(@"^ *```(\w+)\n(.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
