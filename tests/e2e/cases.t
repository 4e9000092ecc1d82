#!/bin/bash
# The order's own outcomes, and others, as golden cases: tests/cases/README.md.
exec "$(dirname "$0")/../cases/run"
