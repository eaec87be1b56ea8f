using Spectre.Console;

namespace OmaIm.Load.Report;

/// <summary>What a scenario says to people: the figures, then each demand with what was found, then the verdict.</summary>
internal static class ScenarioTable
{
    public static void Write(IAnsiConsole output, string title, IEnumerable<(string Name, string Value)> figures, IReadOnlyList<Criterion> criteria)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        table.AddColumn("").AddColumn(new TableColumn("").RightAligned()).HideHeaders();
        foreach (var (name, value) in figures)
        {
            table.AddRow(new Text(name), new Text(value));
        }

        output.Write(table);
        output.Write(Demands(criteria));
        output.MarkupLine(criteria.All(criterion => criterion.Holds) ? "[green bold]PASSED[/]" : "[red bold]FAILED[/]");
    }

    private static Table Demands(IEnumerable<Criterion> criteria)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("demanded").AddColumn("").AddColumn(new TableColumn("found").RightAligned()).AddColumn("");
        foreach (var criterion in criteria)
        {
            var style = new Style(criterion.Holds ? Color.Green : Color.Red, decoration: criterion.Holds ? Decoration.None : Decoration.Bold);
            table.AddRow(
                new Text(criterion.Name), new Text(criterion.Demanded), new Text(criterion.Found, style), new Text(criterion.Holds ? "holds" : "FAILS", style));
        }

        return table;
    }
}
