using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace OmaIm.Micro.Budget;

/// <summary>All benchmarks of this program as they are: a public constructor prepares, a method without parameters does the work once.</summary>
internal static class BenchmarkList
{
    private static readonly MethodInfo BindFunction = typeof(BenchmarkList).GetMethod(nameof(BindFunctionOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Every benchmark by its name, "class.method", in alphabetical order. Instances are made while the list is walked.</summary>
    public static IEnumerable<(string Name, Action Run)> All() =>
        typeof(BenchmarkList).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods().Where(static method => method.IsDefined(typeof(BenchmarkAttribute))))
            .OrderBy(Name, StringComparer.Ordinal)
            .Select(static method => (Name(method), Bind(method)));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static Action Bind(MethodInfo method)
    {
        var instance = Activator.CreateInstance(method.DeclaringType!)!;
        return method.ReturnType == typeof(void)
            ? method.CreateDelegate<Action>(instance)
            : (Action)BindFunction.MakeGenericMethod(method.ReturnType).Invoke(null, [instance, method])!;
    }

    private static Action BindFunctionOf<T>(object instance, MethodInfo method)
    {
        var function = method.CreateDelegate<Func<T>>(instance);
        return () => function();
    }
}
