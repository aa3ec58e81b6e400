find_package(rapidcheck REQUIRED)

spillway_test(unit/credit_test USES collateral SOURCES
  unit/foreclosure_test.cpp unit/late_payment_test.cpp unit/credit_cases_test.cpp)
spillway_test(property/credit_property_test USES collateral LIBRARIES rapidcheck_gtest)
spillway_test(unit/break_even_test USES analytics LIBRARIES rapidcheck_gtest)
spillway_test(reference/break_evens_test USES engine io)
spillway_test(unit/block_kernel_test USES collateral kernels)
spillway_test(unit/cohort_kernel_test USES kernels)
spillway_test(unit/project_paths_test USES collateral kernels)
spillway_test(property/credit_deal_property_test USES engine io LIBRARIES rapidcheck_gtest)
spillway_test(unit/loss_tables_test USES book)
spillway_test(unit/six_loans_test USES waterfall io collateral)
