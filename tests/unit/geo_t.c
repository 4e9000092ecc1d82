#include "tests/unit/fixture.h"

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_suite("geo", PROBE_GEO);
	fixture_suite("local", PROBE_LOCAL);
	fixture_suite("reach", PROBE_REACH);
	return g_test_run();
}
