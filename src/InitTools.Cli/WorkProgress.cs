using InitTools.Analysis;
using Spectre.Console;

namespace InitTools.Cli;

/// <summary>
/// Runs work and, once it has taken a second, shows on the error stream how far it is and how long it will take.
/// </summary>
internal static class WorkProgress
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs the work, which reports the share it has done, from 0 to 1.</summary>
    public static T Run<T>(CommandEnvironment environment, string description, Func<IProgress<double>?, T> work)
    {
        if (!environment.ShowsProgress)
        {
            return work(null);
        }

        var share = new WorkShare();
        var task = Task.Run(() => work(share));
        if (!IsDoneWithin(task, s_patience))
        {
            Show(environment, description, share, task);
        }

        return task.GetAwaiter().GetResult();
    }

    private static bool IsDoneWithin(Task task, TimeSpan time) => Task.WhenAny(task, Task.Delay(time)).Result == task;

    private static void Show(CommandEnvironment environment, string description, WorkShare share, Task task)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(environment.Error),
            ColorSystem = environment.UsesColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        Progress display = console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn());
        display.RefreshRate = s_refreshInterval;
        display.Start(context =>
        {
            ProgressTask line = context.AddTask(description, maxValue: 1);
            do
            {
                line.Value = share.Value;
            }
            while (!IsDoneWithin(task, s_refreshInterval));
        });
    }
}
