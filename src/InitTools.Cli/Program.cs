using InitTools.Cli;

using var interruption = new Interruption();
return CommandLine.Run(args, CommandEnvironment.OfProcess(interruption.Token));
