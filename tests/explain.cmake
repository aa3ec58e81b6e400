spillway_test(reference/formulas_test USES engine io book)
spillway_test(reference/cross_tab_test USES strat io)
spillway_test(reference/explain_test USES explain engine io book)
spillway_test(reference/contributions_test USES engine io collateral)
