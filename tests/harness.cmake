# Tests of the whole: architecture, installation, the command, schemas.
spillway_python_test(architecture arch/architecture_test.py ${PROJECT_SOURCE_DIR})
spillway_python_test(readme arch/readme_test.py ${PROJECT_SOURCE_DIR})

add_test(NAME install COMMAND ${CMAKE_COMMAND}
  -DSOURCE=${PROJECT_SOURCE_DIR} -DBUILD=${PROJECT_BINARY_DIR} -DPREFIX=${CMAKE_CURRENT_BINARY_DIR}/install
  -DGENERATOR=${CMAKE_GENERATOR} -DCOMPILER=${CMAKE_CXX_COMPILER} -DBUILD_TYPE=${CMAKE_BUILD_TYPE}
  "-DFLAGS=${CMAKE_CXX_FLAGS}" -P ${CMAKE_CURRENT_SOURCE_DIR}/install/check_install.cmake)
set_tests_properties(install PROPERTIES TIMEOUT 600)

add_executable(five_lines ${PROJECT_SOURCE_DIR}/examples/library/five_lines.cpp)
target_link_libraries(five_lines PRIVATE spillway::engine spillway::io spillway::book spillway::table)
add_test(NAME five_lines COMMAND five_lines WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(five_lines PROPERTIES PASS_REGULAR_EXPRESSION "A-1, average life to call: 2\\.1[56] years")

# The command, run on copies of the example in a folder of the test's own.
foreach(name IN ITEMS bad_input_test command_test compare_command_test memory_test)
  spillway_test(cli/${name})
  target_compile_definitions(${name} PRIVATE SPILLWAY_COMMAND="$<TARGET_FILE:spillway_cli>")
  add_dependencies(${name} spillway_cli)
endforeach()
target_link_libraries(compare_command_test PRIVATE nlohmann_json::nlohmann_json)

spillway_python_test(schemas schema/schema_test.py ${PROJECT_SOURCE_DIR} $<TARGET_FILE:spillway_cli>)

# Damaged files; for libFuzzer see fuzz/README.md.
spillway_test(fuzz/mutation_test USES io deal pool profile report SOURCES fuzz/targets.cpp)

add_executable(rate_paths ${PROJECT_SOURCE_DIR}/examples/library/rate_paths.cpp)
target_link_libraries(rate_paths PRIVATE spillway::io spillway::collateral)
add_test(NAME rate_paths COMMAND rate_paths WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(rate_paths PROPERTIES PASS_REGULAR_EXPRESSION "41 paths: interest of")
