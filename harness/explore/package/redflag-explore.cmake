# The target redflag::explore; redflagConfig.cmake includes this.
find_dependency(fmt)
find_dependency(PkgConfig)
if(NOT TARGET PkgConfig::redflag_needs)
  pkg_check_modules(redflag_needs REQUIRED IMPORTED_TARGET libdw libelf libcmark-gfm)
endif()
include(${redflag_linked})
if(NOT TARGET redflag::explore)
  add_library(redflag::explore INTERFACE IMPORTED)
  target_include_directories(redflag::explore INTERFACE ${redflag_INCLUDE_DIR})
  target_compile_features(redflag::explore INTERFACE cxx_std_20)
  target_link_options(redflag::explore INTERFACE ${redflag_link_options})
  target_link_libraries(redflag::explore INTERFACE
    -Wl,--whole-archive ${CMAKE_CURRENT_LIST_DIR}/libredflag-explore-runtime-${redflag_compiler}.a
    -Wl,--no-whole-archive ${CMAKE_CURRENT_LIST_DIR}/libredflag-explore-driver-${redflag_compiler}.a
    fmt::fmt PkgConfig::redflag_needs Threads::Threads)
endif()
