# Reading the same headers again is most of a compile. A fast build compiles several files of the
# harness in one go, and reads the headers of programs under test precompiled. `scripts/check --tidy`
# compiles file by file, which shows that each includes what it needs. There are hundreds of programs
# to link, which lld does in a third of the time.
option(REDFLAG_FAST_BUILD "unity builds, precompiled headers and LLVM's linker" OFF)

find_program(REDFLAG_LLD ld.lld)
mark_as_advanced(REDFLAG_LLD)
if(REDFLAG_FAST_BUILD AND REDFLAG_LLD)
  add_link_options(-fuse-ld=lld -Wl,--build-id)
endif()

# In one compilation a local name of one file seems to shadow another's, and g++ takes each file for a header.
add_library(redflag_united INTERFACE)
target_compile_options(redflag_united INTERFACE -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
# Of the harness g++ takes a third longer for these checks; clang++ makes them in preset asan-clang.
if(REDFLAG_MODE STREQUAL asan AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  set(slow_checks -fno-sanitize=null,alignment,object-size,vptr,nonnull-attribute,returns-nonnull-attribute)
  target_compile_options(redflag_united INTERFACE ${slow_checks})
endif()

function(redflag_unite name)
  if(REDFLAG_FAST_BUILD)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON)
    target_link_libraries(${name} PRIVATE redflag_united)
  endif()
endfunction()

# redflag_precompile(NAME headers…) compiles headers once for all programs that are compiled with the
# same options and say redflag_use_precompiled(PROGRAM NAME).
function(redflag_precompile name)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp "")
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()

function(redflag_use_precompiled program name)
  if(REDFLAG_FAST_BUILD)
    target_precompile_headers(${program} REUSE_FROM ${name})
  endif()
endfunction()

function(redflag_precompile_harness)
  redflag_precompile(redflag_harness_headers <algorithm> <array> <chrono> <filesystem> <fstream> <functional>
    <map> <memory> <mutex> <optional> <set> <span> <stdexcept> <string> <string_view> <thread> <vector>
    <fmt/format.h>)
  target_link_libraries(redflag_harness_headers PRIVATE redflag_mode Threads::Threads fmt::fmt)
endfunction()

function(redflag_precompile_tested)
  redflag_precompile(redflag_tested_headers <redflag/scenario.h> <algorithm> <atomic>
    <condition_variable> <memory> <mutex> <string> <thread> <vector>)
  target_include_directories(redflag_tested_headers PRIVATE ${PROJECT_SOURCE_DIR}/harness/include)
  target_link_libraries(redflag_tested_headers PRIVATE redflag_tested)
endfunction()

# redflag_library(NAME [INSIDE] sources… [PUBLIC libs…] [PRIVATE libs…]): one room of harness/ or
# reports/. INSIDE: programs under test link it, and shall get no more of it than they use; all others
# have fmt.
# Its headers are included as "room/file.h"; those in harness/include as <redflag/file.h>.
function(redflag_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg INSIDE "" "PUBLIC;PRIVATE")
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/harness/include ${PROJECT_SOURCE_DIR}/harness ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC redflag_mode Threads::Threads ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE})
  if(NOT arg_INSIDE)
    target_link_libraries(${name} PRIVATE fmt::fmt)
    redflag_unite(${name})
    redflag_use_precompiled(${name} redflag_harness_headers)
    if(REDFLAG_COMMAND)
      set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
  endif()
endfunction()

# Reading GoogleTest is most of a test's compile time, so it is precompiled once for all tests;
# optimising them is most of the rest, so they are not.
function(redflag_link_test name)
  target_link_libraries(${name} PRIVATE redflag_mode Threads::Threads fmt::fmt GTest::gmock ${ARGN})
  target_compile_options(${name} PRIVATE -O0)
endfunction()

function(redflag_precompile_gtest)
  redflag_precompile(redflag_gtest <gmock/gmock.h> <gtest/gtest.h>)
  redflag_link_test(redflag_gtest)
endfunction()

# redflag_unit_test(NAME [HARNESS] [ONE_THREAD] [FILTER tests] sources… LIBS libs…): a GoogleTest program
# whose tests have label `unit`. HARNESS: of the harness itself, not of what runs inside programs under
# test. ONE_THREAD: of code that never runs in several threads, where ThreadSanitizer has nothing to see;
# the tests are one to ctest, because to start a process for each takes longer than they do. FILTER: only
# those that --gtest_filter=FILTER names.
function(redflag_unit_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "HARNESS;ONE_THREAD" "FILTER" "LIBS")
  if((arg_ONE_THREAD AND REDFLAG_MODE STREQUAL tsan) OR (arg_HARNESS AND REDFLAG_COMMAND))
    return()
  endif()
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  redflag_link_test(${name} ${arg_LIBS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE REDFLAG_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_precompile_headers(${name} REUSE_FROM redflag_gtest)
  redflag_unite(${name})
  if(arg_ONE_THREAD)
    add_test(NAME unit.${name} COMMAND ${name})
    set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 300)
    return()
  endif()
  gtest_discover_tests(${name} TEST_FILTER "${arg_FILTER}" TEST_PREFIX "unit.${name}." DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS unit TIMEOUT 120)
endfunction()
