spillway_test(unit/lint_test USES deal io)
