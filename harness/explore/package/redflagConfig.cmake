# find_package(redflag [COMPONENTS explore lifecycle]), without COMPONENTS all that is installed:
#   redflag::explore    <redflag/explore.h> and <redflag/googletest.h>, and programs of Clang that
#                       `redflag explore` is to run
#   redflag::lifecycle  the kit: <redflag/engine.h>, context.h, channel.h, rundown.h, wait_group.h
set(redflag_compiler ${CMAKE_CXX_COMPILER_ID})
set(redflag_linked ${CMAKE_CURRENT_LIST_DIR}/linked-${redflag_compiler}.cmake)
set(redflag_missing_explore "redflag is not installed for the compiler ${redflag_compiler}: in \
redflag's sources, build target package_explore of preset tsan (g++) or tsan-clang (clang++), and \
install component explore")
set(redflag_missing_lifecycle "redflag's kit is not installed: in redflag's sources, build target \
redflag_lifecycle of preset plain, and install component lifecycle")

set(redflag_installed)
if(EXISTS ${redflag_linked})
  list(APPEND redflag_installed explore)
endif()
if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/libredflag_lifecycle.a)
  list(APPEND redflag_installed lifecycle)
endif()
set(redflag_wanted ${redflag_FIND_COMPONENTS})
if(NOT redflag_wanted)
  set(redflag_wanted ${redflag_installed})
endif()
if(NOT redflag_wanted)
  set(redflag_FOUND FALSE)
  set(redflag_NOT_FOUND_MESSAGE ${redflag_missing_explore})
  return()
endif()

include(CMakeFindDependencyMacro)
find_dependency(Threads)
get_filename_component(redflag_include ${CMAKE_CURRENT_LIST_DIR}/../../.. ABSOLUTE)
# lib or lib/x86_64-linux-gnu
find_path(redflag_INCLUDE_DIR NAMES redflag/explore.h redflag/engine.h REQUIRED NO_CACHE
  HINTS ${redflag_include}/include ${redflag_include}/../include)
foreach(redflag_part IN LISTS redflag_wanted)
  if(redflag_part IN_LIST redflag_installed)
    set(redflag_${redflag_part}_FOUND TRUE)
    include(${CMAKE_CURRENT_LIST_DIR}/redflag-${redflag_part}.cmake)
  elseif(redflag_FIND_REQUIRED_${redflag_part})
    set(redflag_FOUND FALSE)
    set(redflag_NOT_FOUND_MESSAGE ${redflag_missing_${redflag_part}})
  endif()
endforeach()
