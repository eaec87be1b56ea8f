namespace OmaIm.Stack.Timing;

/// <summary>An entry of the loop's queue: a callback and what it is called with.</summary>
internal readonly record struct LoopWork(Action<object?> Callback, object? State)
{
    private static readonly Action<object?> RunAction = static state => ((Action)state!)();

    public static LoopWork From(Action action) => new(RunAction, action);

    public static LoopWork From<T>(Action<T> action, T state) => new(Bound<T>.Callback, new Bound<T>(action, state));

    public void Run() => Callback(State);

    private sealed class Bound<T>(Action<T> action, T state)
    {
        public static readonly Action<object?> Callback = static bound => ((Bound<T>)bound!).Run();

        private void Run() => action(state);
    }
}
