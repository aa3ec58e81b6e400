# libxlsxwriter comes without a CMake package: Xlsxwriter::Xlsxwriter from its library and headers. Installed with Spillway
# too, for those who link it.
find_library(Xlsxwriter_LIBRARY xlsxwriter)
find_path(Xlsxwriter_INCLUDE_DIR xlsxwriter.h)
mark_as_advanced(Xlsxwriter_LIBRARY Xlsxwriter_INCLUDE_DIR)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Xlsxwriter REQUIRED_VARS Xlsxwriter_LIBRARY Xlsxwriter_INCLUDE_DIR)
if(Xlsxwriter_FOUND AND NOT TARGET Xlsxwriter::Xlsxwriter)
  add_library(Xlsxwriter::Xlsxwriter UNKNOWN IMPORTED)
  set_target_properties(Xlsxwriter::Xlsxwriter PROPERTIES
    IMPORTED_LOCATION "${Xlsxwriter_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${Xlsxwriter_INCLUDE_DIR}")
endif()
