using Bhiv.Tests.Support;

namespace Bhiv.Tests.Documents;

/// <summary>A run that could not fail would prove nothing of the pages.</summary>
public sealed class DocumentRunTests
{
    [TestCase("""
        ```bash
        echo '{"a":1,"b":["x"]}'; echo and text
        ```

        ```json
        {"a":1,"b":["…","…"]}
        ```

        ```text
        and …
        ```
        """, true)]
    [TestCase("```bash\nfalse\n```\n", false)]
    [TestCase("```bash\nfalse\ntrue\n```\n", false)]
    [TestCase("```bash\nfalse | true\n```\n", false)]
    [TestCase("```bash\nfalse || true\n```\n", true)]
    [TestCase("```bash\na=1\n```\n\n```bash\ntest $a = 1\n```\n", true)]
    [TestCase("```bash\necho one\n```\n\n```text\ntwo\n```\n", false)]
    [TestCase("```bash\necho one; echo two\n```\n\n```text\none\n```\n", false)]
    [TestCase("```bash\necho '{\"a\":1,\"b\":2}'\n```\n\n```json\n{\"a\":1}\n```\n", false)]
    [TestCase("```bash\necho '{\"a\":1}'\n```\n\n```json\n{\"a\":2}\n```\n", false)]
    [TestCase("```bash\necho '[1,2]'\n```\n\n```json\n[1]\n```\n", false)]
    public async Task It_fails_where_a_command_fails_or_prints_another_thing(string page, bool holds)
    {
        if (!Programs.IsInstalled("setsid")) Assert.Ignore("setsid is not installed; the distribution's package is called util-linux.");
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "page.md");
        await File.WriteAllTextAsync(file, page);
        using var run = new DocumentRun(directory.Path, []);

        Exception? failure = null;
        using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
        {
            try
            {
                await run.RunAsync(file, command => command);
            }
            catch (AssertionException fault)
            {
                failure = fault;
            }
        }

        Assert.That(failure is null, Is.EqualTo(holds), failure?.Message);
    }
}
