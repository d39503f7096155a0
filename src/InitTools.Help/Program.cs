using InitTools.Help;

if (args is not [string assemblyPath, string sources, string destination])
{
    Console.Error.WriteLine("usage: InitTools.Help <cmdlet assembly> <folder of Markdown pages> <folder to write>");
    return 2;
}

HelpFiles.Write(assemblyPath, sources, destination);
return 0;
