# spillway_module(name [USES module...] [LIBRARIES private third-party targets...])
#
# One folder of src/spillway = one target. USES names the only modules whose headers it may include: the arrows of
# ARCHITECTURE.md. A wrong arrow does not link.
function(spillway_module name)
  cmake_parse_arguments(ARG "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(sources)
    add_library(spillway_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_compile_options(spillway_${name} PRIVATE -ffp-contract=off
      -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
      # false alarms of g++ 12 on strings and variants
      $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_libraries(spillway_${name} PRIVATE ${ARG_LIBRARIES})
  else()
    add_library(spillway_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_compile_features(spillway_${name} ${scope} cxx_std_20)
  target_include_directories(spillway_${name} ${scope}
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  foreach(used IN LISTS ARG_USES)
    target_link_libraries(spillway_${name} ${scope} spillway_${used})
  endforeach()
  set_target_properties(spillway_${name} PROPERTIES EXPORT_NAME ${name})
  add_library(spillway::${name} ALIAS spillway_${name})
  set_property(GLOBAL APPEND PROPERTY SPILLWAY_MODULES spillway_${name})
endfunction()

# Turns a text file into a C++ string, at build time: spillway_embed(target variable file).
# The variables are `extern const char spillway::embedded::<variable>[]` (terminated by a zero) and `<variable>_size`.
# `file` is relative to the calling CMakeLists.txt.
function(spillway_embed target variable file)
  get_filename_component(file ${file} ABSOLUTE)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${variable}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DIN=${file} -DOUT=${out} -DVARIABLE=${variable}
            -P ${PROJECT_SOURCE_DIR}/cmake/EmbedFile.cmake
    DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/EmbedFile.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
