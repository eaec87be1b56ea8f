using System.Runtime.CompilerServices;

namespace OmaIm.Micro.Budget;

/// <summary>Shows, before anything is measured, that a benchmark does its work: doing nothing is fast and allocates nothing.</summary>
internal static class Proof
{
    /// <exception cref="InvalidOperationException">It is not so.</exception>
    public static void Of(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The benchmark does not do its work: {text}");
        }
    }
}
