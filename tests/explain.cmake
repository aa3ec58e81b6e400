spillway_test(reference/formulas_test USES engine io book)
spillway_test(reference/cross_tab_test USES strat io)
