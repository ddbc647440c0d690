namespace Bhiv.Application.Designs;

/// <summary>Either a specification, or the finding that the prompt asks for nothing that can be designed here.</summary>
public abstract record DesignResult
{
    private DesignResult() { }

    public sealed record Generated(DesignSpec Spec) : DesignResult;

    /// <param name="Example">A prompt that would have worked, safe to show to any caller.</param>
    public sealed record NotADesign(string Example) : DesignResult;
}
