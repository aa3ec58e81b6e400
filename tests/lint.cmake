spillway_test(unit/lint_test USES deal io)
spillway_test(unit/prose_test USES deal io)
spillway_test(unit/expression_text_test USES deal)
