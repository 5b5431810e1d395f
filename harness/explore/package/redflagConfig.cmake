# find_package(redflag): the target redflag::explore, for <redflag/explore.h> and
# <redflag/googletest.h>, and for programs of Clang that `redflag explore` is to run.
set(redflag_compiler ${CMAKE_CXX_COMPILER_ID})
set(redflag_linked ${CMAKE_CURRENT_LIST_DIR}/linked-${redflag_compiler}.cmake)
if(NOT EXISTS ${redflag_linked})
  set(redflag_FOUND FALSE)
  set(redflag_NOT_FOUND_MESSAGE "redflag is not installed for the compiler ${redflag_compiler}: in \
redflag's sources, build target package_explore of preset tsan (g++) or tsan-clang (clang++), and \
install component explore")
  return()
endif()
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
find_dependency(PkgConfig)
if(NOT TARGET PkgConfig::redflag_needs)
  pkg_check_modules(redflag_needs REQUIRED IMPORTED_TARGET libdw libelf libcmark-gfm)
endif()
include(${redflag_linked})
if(NOT TARGET redflag::explore)
  add_library(redflag::explore INTERFACE IMPORTED)
  get_filename_component(redflag_include ${CMAKE_CURRENT_LIST_DIR}/../../.. ABSOLUTE)
  # lib or lib/x86_64-linux-gnu
  find_path(redflag_INCLUDE_DIR redflag/explore.h REQUIRED NO_CACHE
    HINTS ${redflag_include}/include ${redflag_include}/../include)
  target_include_directories(redflag::explore INTERFACE ${redflag_INCLUDE_DIR})
  target_compile_features(redflag::explore INTERFACE cxx_std_20)
  target_link_options(redflag::explore INTERFACE ${redflag_link_options})
  target_link_libraries(redflag::explore INTERFACE
    -Wl,--whole-archive ${CMAKE_CURRENT_LIST_DIR}/libredflag-explore-runtime-${redflag_compiler}.a
    -Wl,--no-whole-archive ${CMAKE_CURRENT_LIST_DIR}/libredflag-explore-driver-${redflag_compiler}.a
    fmt::fmt PkgConfig::redflag_needs Threads::Threads)
endif()
