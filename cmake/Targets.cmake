# redflag_library(NAME sources… [PUBLIC libs…] [PRIVATE libs…]): one room of harness/ or reports/.
# Its headers are included as "room/file.h"; those in harness/include as <redflag/file.h>.
function(redflag_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "PUBLIC;PRIVATE")
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/harness/include ${PROJECT_SOURCE_DIR}/harness ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC redflag_mode Threads::Threads ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE})
endfunction()

# Reading GoogleTest is most of a test's compile time, so it is precompiled once for all tests;
# optimising them is most of the rest, so they are not.
function(redflag_link_test name)
  target_link_libraries(${name} PRIVATE redflag_mode Threads::Threads fmt::fmt GTest::gmock ${ARGN})
  target_compile_options(${name} PRIVATE -O0)
endfunction()

function(redflag_precompile_gtest)
  file(WRITE ${CMAKE_BINARY_DIR}/precompiled_gtest.cpp "")
  add_library(redflag_gtest OBJECT ${CMAKE_BINARY_DIR}/precompiled_gtest.cpp)
  redflag_link_test(redflag_gtest)
  target_precompile_headers(redflag_gtest PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
endfunction()

# redflag_unit_test(NAME sources… LIBS libs…): a GoogleTest program whose tests have label `unit`.
function(redflag_unit_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBS")
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  redflag_link_test(${name} ${arg_LIBS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE REDFLAG_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_precompile_headers(${name} REUSE_FROM redflag_gtest)
  gtest_discover_tests(${name} TEST_PREFIX "unit.${name}." DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS unit TIMEOUT 120)
endfunction()
