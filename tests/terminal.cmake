spillway_test(unit/selection_test USES table)
spillway_test(unit/table_layout_test USES report io book)
spillway_test(unit/progress_test USES engine io report book)
spillway_test(unit/scaffold_test USES scaffold io engine deal profile)
spillway_test(unit/tape_profile_test USES io profile pool)
spillway_test(unit/tape_effects_test USES engine io)

# The command on a terminal, its completion and manual pages.
foreach(name IN ITEMS terminal_test completion_test)
  spillway_test(cli/${name})
  target_compile_definitions(${name} PRIVATE SPILLWAY_COMMAND="$<TARGET_FILE:spillway_cli>")
  add_dependencies(${name} spillway_cli)
endforeach()
