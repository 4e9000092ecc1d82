#include "tests/cases/tool/tool.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char	*name;
	int		 least;
	int		(*run)(char **);
} commands[] = {
	{ "expect", 3, tool_expect }, { "lint", 2, tool_lint },
	{ "same", 2, tool_same },
	{ "never-none", 2, tool_never_none }, { "mix", 3, tool_mix },
};

int
tool_fail(const char *what)
{
	fprintf(stderr, "case-hold: %s\n", what);
	return 2;
}

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands) && argc > 1; i++)
		if (strcmp(commands[i].name, argv[1]) == 0 &&
		    argc - 2 >= commands[i].least)
			return commands[i].run(argv + 2);
	return tool_fail("expect CASE EXPECT ASSESSED [WHAT] | lint EXPECT "
	    "LINTED [WHAT] | same ASSESSED "
	    "OTHER [PREFIX...] | never-none ASSESSED FAILED | mix CASE MIXED "
	    "BELIEFS");
}
