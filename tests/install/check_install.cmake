# Installs the build into a fresh folder, builds a project against it and runs that: SOURCE, BUILD, PREFIX, GENERATOR,
# COMPILER, BUILD_TYPE.
function(run)
  cmake_parse_arguments(ARG "" "FOLDER;OUTPUT" "COMMAND" ${ARGN})
  execute_process(COMMAND ${ARG_COMMAND} WORKING_DIRECTORY ${ARG_FOLDER} RESULT_VARIABLE status
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARG_COMMAND}\nended with ${status}:\n${output}")
  endif()
  if(ARG_OUTPUT AND NOT output MATCHES "${ARG_OUTPUT}")
    message(FATAL_ERROR "${ARG_COMMAND}\nsaid\n${output}\nand not ${ARG_OUTPUT}")
  endif()
endfunction()

file(REMOVE_RECURSE ${PREFIX})
run(FOLDER ${SOURCE} COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}/installed)
run(FOLDER ${SOURCE} COMMAND ${CMAKE_COMMAND} -G ${GENERATOR} -S ${SOURCE}/tests/install -B ${PREFIX}/build
  -DCMAKE_PREFIX_PATH=${PREFIX}/installed -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
  "-DCMAKE_CXX_FLAGS=${FLAGS}" -DEXAMPLE=${SOURCE}/examples/library/five_lines.cpp)
run(FOLDER ${SOURCE} COMMAND ${CMAKE_COMMAND} --build ${PREFIX}/build)
run(FOLDER ${SOURCE} COMMAND ${PREFIX}/build/five_lines OUTPUT "A-1, average life to call: 2\\.1[56] years")
run(FOLDER ${SOURCE} COMMAND ${PREFIX}/build/one_module OUTPUT "[0-9]+ tape fields")
run(FOLDER ${SOURCE} COMMAND ${PREFIX}/installed/bin/spillway --version OUTPUT "spillway [0-9]")

foreach(wanted IN ITEMS include/spillway/engine/run_book.h share/spillway/schema/deal.schema.json
        share/man/man1/spillway.1 share/man/man1/spillway-book.1 share/bash-completion/completions/spillway
        share/zsh/site-functions/_spillway)
  if(NOT EXISTS ${PREFIX}/installed/${wanted})
    message(FATAL_ERROR "${wanted} was not installed")
  endif()
endforeach()
foreach(private IN ITEMS io/yaml_document.h deal/resolver.h report/html_parts.h pdf/typefaces.h)
  if(EXISTS ${PREFIX}/installed/include/spillway/${private})
    message(FATAL_ERROR "the private header ${private} was installed")
  endif()
endforeach()
