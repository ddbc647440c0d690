namespace Bhiv.Tests.Support;

/// <summary>
/// Whole outputs as files, so that a change of the rules is read as a change of what they give. On a difference the output that came
/// instead lies in <c>TestResults</c>; <c>BHIV_APPROVE=1 dotnet test --filter …</c> accepts it.
/// </summary>
internal static class Approved
{
    /// <param name="folder">Of the approved file, within the tests.</param>
    /// <param name="file">Its name.</param>
    public static void AssertIs(string folder, string file, string received)
    {
        var approved = Path.Combine(Repository.Root, "Bhiv.Tests", folder, file);
        if (Environment.GetEnvironmentVariable("BHIV_APPROVE") == "1") File.WriteAllText(approved, received);
        if (File.Exists(approved) && File.ReadAllText(approved) == received) return;

        var directory = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "TestResults"));
        var saved = Path.Combine(directory.FullName, $"{Path.GetFileNameWithoutExtension(file)}.received{Path.GetExtension(file)}");
        File.WriteAllText(saved, received);
        Assert.Fail($"{approved} is not what {saved} is. If the second is right, run this test with BHIV_APPROVE=1.");
    }
}
