using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using InitTools.Formats;
using InitTools.PowerShell.Binding;

namespace InitTools.PowerShell.Commands;

/// <summary>What all cmdlets share: how an error of the libraries is reported.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class InitToolsCommand : PSCmdlet
{
    /// <summary>Finds the tensors of files that expressions name, by paths of PowerShell.</summary>
    private protected ITensorFileSource Files => new TensorFileSource(path => ProviderPath.OfFile(this, path));

    /// <summary>A value without which nothing later can work: where it cannot be had, the cmdlet ends.</summary>
    protected T Require<T>(Func<T> make, object? target = null)
    {
        ArgumentNullException.ThrowIfNull(make);
        try
        {
            return make();
        }
        catch (Exception exception) when (ErrorRecords.IsExpected(exception))
        {
            ThrowTerminatingError(ErrorRecords.Of(exception, target));
            throw;
        }
    }

    /// <summary>
    /// A value of one item: where it cannot be had, the error is written and the next item may be fine.
    /// </summary>
    protected bool TryMake<T>(Func<T> make, object? target, [MaybeNullWhen(false)] out T result)
    {
        ArgumentNullException.ThrowIfNull(make);
        try
        {
            result = make();
            return true;
        }
        catch (Exception exception) when (ErrorRecords.IsExpected(exception))
        {
            WriteError(ErrorRecords.Of(exception, target));
            result = default;
            return false;
        }
    }

    /// <summary>True where the caller gave the parameter.</summary>
    protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>
    /// Fails once, and not once an object, where objects come from the pipeline and a parameter has said already what
    /// they would say.
    /// </summary>
    /// <param name="parameters">Parameters that leave nothing to say.</param>
    protected void RefuseInput(params string[] parameters)
    {
        if (MyInvocation.ExpectingInput && parameters.FirstOrDefault(IsGiven) is string parameter)
        {
            ThrowTerminatingError(ErrorRecords.Of(new InitToolsException(
                ErrorId.ParameterConflict,
                $"-{parameter} gives the layers, and objects come from the pipeline too; layers come from one of them. "
                + "Rows of data are no layers: give them by -Data of Measure-LayerVariance or Compare-Initializers.",
                parameter)));
        }
    }
}
