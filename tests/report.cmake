spillway_test(unit/report_json_test USES report book LIBRARIES nlohmann_json::nlohmann_json)
spillway_test(unit/report_html_test USES report book)
