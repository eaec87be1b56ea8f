namespace OmaIm.Cli.Terminal;

/// <summary>What a key meant to a line being typed.</summary>
internal enum EditOutcome
{
    /// <summary>Text or cursor may have changed.</summary>
    Edited,

    /// <summary>The line is complete.</summary>
    Entered,

    ClearScreen,

    /// <summary>Ctrl-D on an empty line, or Ctrl-C.</summary>
    EndOfInput,
}
