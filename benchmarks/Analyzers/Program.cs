using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers;
using NamespaceLocking.Analyzers.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var own = typeof(LockFlowAnalyzer).Assembly.GetTypes()
    .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
    .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
    .ToImmutableArray();
var methods = 1200;
var seed = 1;
var repetitions = 7;
var shares = new[] { 0, 3, 20, 100 };
var folders = new List<string>();
var spliced = Array.Empty<int>();
var certain = new List<string>();
string? annotations = null;
var fuzzed = new List<string>();
var count = 1000;
var compareAll = true;
var scale = false;
var profile = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--methods":
            methods = int.Parse(args[++i]);
            break;
        case "--seed":
            seed = int.Parse(args[++i]);
            break;
        case "--repetitions":
            repetitions = int.Parse(args[++i]);
            break;
        case "--shares":
            shares = [.. args[++i].Split(',').Select(int.Parse)];
            break;
        case "--code":
            folders.Add(args[++i]);
            break;
        case "--splice":
            spliced = [.. args[++i].Split(',').Select(int.Parse)];
            break;
        case "--certainty":
            certain.Add(args[++i]);
            break;
        case "--annotations":
            annotations = args[++i];
            break;
        case "--fuzz":
            fuzzed.Add(args[++i]);
            break;
        case "--count":
            count = int.Parse(args[++i]);
            break;
        case "--own":
            compareAll = false;
            break;
        case "--scale":
            scale = true;
            break;
        case "--profile":
            profile = true;
            break;
        default:
            Console.Error.WriteLine(
                """
                Compares what the analyzers cost with what the compiler costs.

                  --methods N      size of the generated code (1200)
                  --seed N         which generated code (1)
                  --shares A,B     how many of a hundred methods call the library (0,3,20,100)
                  --repetitions N  runs of each, of which the fastest counts, and the median of the bytes (7)
                  --own            leave out the fixed point and CA2000
                  --scale          the generated code also twice as large
                  --code DIR       measure the code of the folder instead, without and with the library referenced
                  --splice A,B     measure that code also with so many methods of a hundred that call the library
                  --certainty DIR  measure nothing: list what the analyzers report on the code of the folder
                  --annotations F  the LockAnnotations.txt for --certainty
                  --fuzz DIR       measure nothing: break files of the folder at random, put calls of the library into them, and say where the analyzers fail
                  --count N        how often (1000)

                The code of a folder is that of the projects whose builds noted their compiler's arguments there (CompilerArguments.targets says how); otherwise all
                C# files below it are one compilation.
                """);
            return 2;
    }
}

if (certain.Count > 0)
    return certain.Count(folder => !Certainty.Holds(folder, own, annotations)) == 0 ? 0 : 1;
if (fuzzed.Count > 0)
    return fuzzed.Count(folder => !new Fuzz(folder, own, seed).Run(count)) == 0 ? 0 : 1;
var sets = new List<CodeSet>();
foreach (var folder in folders)
{
    sets.AddRange([.. CodeSet.In(folder, isReferenced: false), .. CodeSet.In(folder, isReferenced: true)]);
    sets.AddRange(spliced.SelectMany(share => CodeSet.In(folder, isReferenced: true).Select(code => Splice.Into(code, share, seed))));
}

if (folders.Count == 0)
{
    if (shares.Contains(0))
        sets.Add(GeneratedCode.Make(methods, 0, seed, isReferenced: false));
    sets.AddRange(shares.Select(share => GeneratedCode.Make(methods, share, seed)));
    if (scale)
        sets.AddRange(shares.Select(share => GeneratedCode.Make(2 * methods, share, seed)));
}

var nothing = ImmutableArray.Create<DiagnosticAnalyzer>(new EmptyAnalyzer());
var variants = new List<(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)> { ("these analyzers", own) };
if (compareAll)
{
    variants.Add(("graphs, trivial fixed point", [new GraphFixedPoint()]));
    if (DisposeRule() is { } rule)
        variants.Add(("CA2000", [rule]));
    else
        Console.WriteLine("CA2000 is not here: its package was not restored.");
}

if (profile)
    variants.InsertRange(1, own.Select(analyzer => (analyzer.GetType().Name, ImmutableArray.Create(analyzer))));
foreach (var set in sets)
    Measure(set);
return 0;

void Measure(CodeSet set)
{
    var errors = set.Compile().GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    Console.WriteLine($"{set.Name}, library {(set.IsReferenced ? "" : "not ")}referenced: {set.Lines} lines{(errors == 0 ? "" : $", {errors} errors")}");
    if (folders.Count == 0 && errors > 0)
    {
        foreach (var diagnostic in set.Compile().GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10))
            Console.WriteLine("  " + diagnostic);
    }

    Func<Cost>[] runs =
    [
        () => Cost.OfCompiler(set),
        () => Cost.OfAnalyzers(set, nothing),
        () => Cost.OfAnalyzers(set.Without("NSL3004"), own),
        .. variants.Select(variant => new Func<Cost>(() => Cost.OfAnalyzers(set, variant.Analyzers))),
    ];
    var costs = runs.Select(_ => new List<Cost>()).ToArray();
    // The first round warms up.
    for (var i = 0; i <= repetitions; i++)
    {
        for (var j = 0; j < runs.Length; j++)
        {
            var cost = runs[j]();
            if (i > 0)
                costs[j].Add(cost);
        }
    }

    var best = costs.Select(Cost.Best).ToArray();
    var compiler = best[0];
    Console.WriteLine($"  {"compiler alone",-32}{compiler.Milliseconds,9:F0} ms {compiler.Bytes / 1e6,9:F1} MB");
    Row("analyzer driver, nothing to run", best[1].Milliseconds, best[1].Bytes, ", instead of the emit");
    for (var j = 0; j < variants.Count; j++)
        Row(variants[j].Name, best[j + 3].Milliseconds - best[1].Milliseconds, best[j + 3].Bytes - best[1].Bytes);
    Row("NSL3004 of these", best[3].Milliseconds - best[2].Milliseconds, best[3].Bytes - best[2].Bytes);

    void Row(string name, double milliseconds, double bytes, string note = "") =>
        Console.WriteLine($"  {name,-32}{milliseconds,9:F0} ms {bytes / 1e6,9:F1} MB   ratio {milliseconds / compiler.Milliseconds,6:F3} CPU {bytes / compiler.Bytes,6:F3} bytes{note}");
}

static DiagnosticAnalyzer? DisposeRule()
{
    var package = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "NetAnalyzers")?.Value;
    var folder = Path.Combine(package ?? "", "analyzers", "dotnet", "cs");
    if (!Directory.Exists(folder))
        return null;
    foreach (var file in Directory.EnumerateFiles(folder, "*.NetAnalyzers.dll"))
        Assembly.LoadFrom(file);
    return AppDomain.CurrentDomain.GetAssemblies()
        .Select(assembly => assembly.GetType("Microsoft.NetCore.Analyzers.Runtime.DisposeObjectsBeforeLosingScope"))
        .OfType<Type>()
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
        .FirstOrDefault();
}
