using System.Text;
using Bhiv.Domain.Rotation;

namespace Bhiv.Api.Configuration;

/// <summary>
/// Secrets that stand in a file of their own, as orchestrators mount them: <c>JWT_SECRET_FILE</c> names the file of <c>JWT_SECRET</c>.
/// Another program writes it, at any time and not at once.
/// </summary>
internal sealed class SecretFiles
{
    /// <summary>Of the variable that names the file of another.</summary>
    public const string Suffix = "_FILE";

    /// <summary>In bytes; no secret is so long.</summary>
    private const int MaximumSize = 4096;

    private const string Password = "DEMO_PASSWORD";

    /// <summary>There may be none of them: an empty file says so.</summary>
    private static readonly string[] Optional =
        [SecretAge.JwtSecretPrevious, SecretAge.JwtSecretNext, SecretAge.EnvironmentApiKeyPrevious];

    private static readonly string[] Names = [SecretAge.JwtSecret, SecretAge.EnvironmentApiKey, .. Optional, Password];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly Dictionary<string, string> paths = [];

    public SecretFiles(IReadOnlyDictionary<string, string> environment, ICollection<string> failures)
    {
        this.environment = environment;
        foreach (var name in Names)
        {
            if (!environment.TryGetValue(name + Suffix, out var path)) continue;
            if (string.IsNullOrWhiteSpace(path)) failures.Add($"{name}{Suffix} is set but blank. Name the file that holds {name}, or unset it.");
            else if (environment.ContainsKey(name)) failures.Add($"{name} and {name}{Suffix} are both set. Unset one of them.");
            else paths.Add(name, Path.GetFullPath(path));
        }
    }

    public bool IsEmpty => paths.Count == 0;

    /// <summary>The file of a variable; null where it has none.</summary>
    public string? PathOf(string name) => paths.GetValueOrDefault(name);

    /// <summary>Null where it cannot be asked for, and on a system that has none.</summary>
    public static UnixFileMode? ModeOf(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// The variables with what the files say; while the service runs, with what they said before where they say nothing. A password is
    /// read at the start alone: to change it ends sessions, which is no matter of a file that happens to be written.
    /// </summary>
    /// <param name="lastGood">What was returned before; null at the start.</param>
    /// <param name="failures">What is wrong with files, by name.</param>
    public Dictionary<string, string> Read(IReadOnlyDictionary<string, string>? lastGood, ICollection<string> failures)
    {
        var read = new Dictionary<string, string>(environment);
        foreach (var (name, path) in paths)
        {
            string? problem = null;
            var text = lastGood is not null && name == Password ? lastGood.GetValueOrDefault(name) : TryRead(name, path, out problem);
            if (problem is not null)
            {
                failures.Add($"{name}{Suffix}: {(IsPath(name) ? $"{path} {problem}" : "what it names cannot be used. Name a file by its whole path.")}");
                text = lastGood?.GetValueOrDefault(name);
            }
            if (text is not null) read[name] = text;
        }
        return read;
    }

    /// <summary>What does not look like a path may be the secret itself, put where the name of its file belongs; it is not repeated.</summary>
    private bool IsPath(string name) => Path.IsPathRooted(environment[name + Suffix]) || environment[name + Suffix].StartsWith('.');

    /// <returns>Null where there is none.</returns>
    private static string? TryRead(string name, string path, out string? problem)
    {
        problem = null;
        try
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[MaximumSize + 1];
            var size = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (size > MaximumSize) problem = $"is longer than {MaximumSize} bytes.";
            else return Judge(name, Strict.GetString(buffer, 0, size), out problem);
        }
        catch (DecoderFallbackException)
        {
            problem = "must be UTF-8.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read ({fault.Message})";
        }
        return null;
    }

    /// <summary>One line: what editors and <c>echo</c> put at its end is none of it.</summary>
    private static string? Judge(string name, string text, out string? problem)
    {
        var line = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        var isEmpty = string.IsNullOrWhiteSpace(line);
        problem = isEmpty && !Optional.Contains(name) ? "is empty."
            : line.Contains('\n', StringComparison.Ordinal) ? "holds more than one line. Write the secret and nothing else into it."
            : null;
        return isEmpty || problem is not null ? null : line;
    }
}
