spillway_test(golden/impac_golden_test USES engine io report book)
