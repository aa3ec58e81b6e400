find_package(rapidcheck REQUIRED)

spillway_test(unit/rates_test USES rates)
spillway_test(unit/swaps_test USES hedges)
spillway_test(unit/prepayment_test USES assumptions)
spillway_test(unit/bootstrap_test USES market io)
spillway_test(unit/amortization_test USES kernels)
spillway_test(unit/project_test USES collateral)
spillway_test(property/collateral_property_test USES collateral LIBRARIES rapidcheck_gtest)
