# cmake --install: the command, the libraries, their public headers, the schemas, and a CMake package.
# A project then says find_package(spillway) and links spillway::spillway, or single modules such as spillway::strat.
include(CMakePackageConfigHelpers)

get_property(modules GLOBAL PROPERTY SPILLWAY_MODULES)
add_library(spillway INTERFACE)
target_link_libraries(spillway INTERFACE ${modules})
add_library(spillway::spillway ALIAS spillway)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/spillway)
install(TARGETS spillway ${modules} EXPORT spillwayTargets)
install(EXPORT spillwayTargets NAMESPACE spillway:: DESTINATION ${package_folder})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/spillwayConfig.cmake.in
  ${PROJECT_BINARY_DIR}/spillwayConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/spillwayConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/spillwayConfig.cmake ${PROJECT_BINARY_DIR}/spillwayConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindQuantLib.cmake ${PROJECT_SOURCE_DIR}/cmake/FindXlsxwriter.cmake DESTINATION ${package_folder})

# Headers, but for those whose first comment calls them private to their module.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/src/spillway/*.h)
foreach(header IN LISTS headers)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${header})
  file(STRINGS ${PROJECT_SOURCE_DIR}/src/${header} private LIMIT_INPUT 1000 REGEX "^//.*Private to ")
  if(NOT private)
    get_filename_component(folder ${header} DIRECTORY)
    install(FILES ${PROJECT_SOURCE_DIR}/src/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/${folder})
  endif()
endforeach()

file(GLOB schemas CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/schema/*.json)
install(FILES ${schemas} DESTINATION ${CMAKE_INSTALL_DATADIR}/spillway/schema)
if(SPILLWAY_BUILD_APPS)
  install(TARGETS spillway_cli)
endif()
