spillway_test(reference/formulas_test USES engine io book)
