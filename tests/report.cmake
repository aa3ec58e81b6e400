spillway_test(unit/report_json_test USES report book LIBRARIES nlohmann_json::nlohmann_json)
spillway_test(unit/report_html_test USES report book)
spillway_test(unit/appendix_tables_test USES book)
spillway_test(reference/assumptions_test USES engine io book)
