#include "cli/help.h"

/* The shells know nothing of the command table: they ask the program, which prints one candidate a
 * line, "word summary", or ":file" where a path may stand. */

static const char bash_script[] =
	"# bash completion for atende\n"
	"_atende() {\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} line\n"
	"\tCOMPREPLY=()\n"
	"\twhile IFS= read -r line; do\n"
	"\t\tif [ \"$line\" = :file ]; then\n"
	"\t\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\t\twhile IFS= read -r line; do\n"
	"\t\t\t\tCOMPREPLY+=(\"$line\")\n"
	"\t\t\tdone < <(compgen -f -- \"$cur\")\n"
	"\t\telse\n"
	"\t\t\tCOMPREPLY+=(\"${line%% *}\")\n"
	"\t\tfi\n"
	"\tdone < <(\"${COMP_WORDS[0]}\" complete -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" "
	"2>/dev/null)\n"
	"}\n"
	"complete -F _atende atende\n";

static const char zsh_script[] =
	"#compdef atende\n"
	"_atende() {\n"
	"\tlocal -a found\n"
	"\tlocal line files=\n"
	"\twhile IFS= read -r line; do\n"
	"\t\tif [[ $line == :file ]]; then\n"
	"\t\t\tfiles=1\n"
	"\t\telse\n"
	"\t\t\tfound+=(\"${line/ /:}\")\n"
	"\t\tfi\n"
	"\tdone < <(\"${words[1]}\" complete -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)\n"
	"\t[[ -n $files ]] && _files\n"
	"\t(( ${#found} )) && _describe atende found\n"
	"}\n"
	/* A file of $fpath is the function itself; a sourced one announces it. */
	"if [[ ${funcstack[1]} == _atende ]]; then\n"
	"\t_atende \"$@\"\n"
	"else\n"
	"\tcompdef _atende atende\n"
	"fi\n";

static const char fish_script[] = "# fish completion for atende\n"
				  "function __atende_complete\n"
				  "\tset -l words (commandline -opc) (commandline -ct)\n"
				  "\tset -l program $words[1]\n"
				  "\tset -e words[1]\n"
				  "\tfor line in ($program complete -- $words 2>/dev/null)\n"
				  "\t\tif test \"$line\" = :file\n"
				  "\t\t\t__fish_complete_path (commandline -ct)\n"
				  "\t\telse\n"
				  "\t\t\tstring replace ' ' \\t -- $line\n"
				  "\t\tend\n"
				  "\tend\n"
				  "end\n"
				  "complete -c atende -f -a '(__atende_complete)'\n";

void completion_print(FILE *out, enum cli_shell shell)
{
	static const char *const scripts[] = {
		[SHELL_NONE] = "",
		[SHELL_BASH] = bash_script,
		[SHELL_ZSH] = zsh_script,
		[SHELL_FISH] = fish_script,
	};
	fputs(scripts[shell], out);
}
