find_package(rapidcheck REQUIRED)

spillway_test(unit/rates_test USES rates)
spillway_test(unit/swaps_test USES hedges)
spillway_test(unit/prepayment_test USES assumptions)
spillway_test(unit/bootstrap_test USES market io)
spillway_test(unit/amortization_test USES kernels)
