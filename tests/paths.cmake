# A deal along many rate paths.
spillway_test(unit/many_paths_test USES analytics)
spillway_test(unit/rate_paths_test USES io)
spillway_test(unit/run_paths_test USES engine io book waterfall)

spillway_test(cli/paths_command_test LIBRARIES nlohmann_json::nlohmann_json)
target_compile_definitions(paths_command_test PRIVATE SPILLWAY_COMMAND="$<TARGET_FILE:spillway_cli>")
add_dependencies(paths_command_test spillway_cli)

# The paths of the example are what the script makes.
add_test(NAME example_rate_paths COMMAND sh -c "scripts/rate-paths | cmp - examples/impac-2003-12/paths.csv"
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})

add_executable(deal_paths ${PROJECT_SOURCE_DIR}/examples/library/deal_paths.cpp)
target_link_libraries(deal_paths PRIVATE spillway::io spillway::engine)
add_test(NAME deal_paths COMMAND deal_paths WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(deal_paths PROPERTIES PASS_REGULAR_EXPRESSION "32 paths: .* over all paths at 99\\.5")
