# The mode is how a program is built; the presets choose it. Programs under test and the lifecycle kit
# (redflag_tested) get -O2, with a sanitizer -O1: stacks stay whole and races stay likely. The harness
# itself is to be built quickly: little optimised, with a sanitizer not at all (g++ takes ten times as
# long to optimise under ASan + UBSan), and with line numbers only.
set(REDFLAG_MODE plain CACHE STRING "plain, tsan or asan")
set_property(CACHE REDFLAG_MODE PROPERTY STRINGS plain tsan asan)

# With it, this build has what runs inside programs under test and what the explorer's tests need of the
# harness, which is not built once more.
set(REDFLAG_COMMAND "" CACHE FILEPATH "a redflag that is built already and runs the tests; empty: this build's own")
if(REDFLAG_COMMAND AND NOT EXISTS ${REDFLAG_COMMAND})
  message(WARNING "REDFLAG_COMMAND is ${REDFLAG_COMMAND}, which is not there: this build makes its own redflag.")
  set_property(CACHE REDFLAG_COMMAND PROPERTY VALUE "")
endif()
if(REDFLAG_COMMAND)
  add_executable(redflag IMPORTED GLOBAL)
  set_target_properties(redflag PROPERTIES IMPORTED_LOCATION ${REDFLAG_COMMAND})
endif()

add_library(redflag_mode INTERFACE)
target_compile_options(redflag_mode INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  -fno-omit-frame-pointer -fno-optimize-sibling-calls)

if(REDFLAG_MODE STREQUAL plain)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
elseif(REDFLAG_MODE STREQUAL tsan)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-g1")
  set(sanitize -fsanitize=thread)
elseif(REDFLAG_MODE STREQUAL asan)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-g1")
  set(sanitize -fsanitize=address,undefined)
else()
  message(FATAL_ERROR "REDFLAG_MODE is \"${REDFLAG_MODE}\"; it can be plain, tsan or asan")
endif()

add_library(redflag_tested INTERFACE)
target_link_libraries(redflag_tested INTERFACE redflag_mode)
if(NOT sanitize)
  target_compile_options(redflag_tested INTERFACE -O2 -g)
else()
  target_compile_options(redflag_tested INTERFACE -O1 -g)
  if(REDFLAG_MODE STREQUAL asan AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # Where a variable is at each moment is a third of the compile time in code so full of checks.
    target_compile_options(redflag_tested INTERFACE -fno-var-tracking-assignments)
  endif()
  target_compile_options(redflag_mode INTERFACE ${sanitize})
  target_link_options(redflag_mode INTERFACE ${sanitize})
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_FLAGS ${sanitize})
  check_cxx_source_compiles("int main() {}" REDFLAG_RUNTIME_OF_${REDFLAG_MODE})
  unset(CMAKE_REQUIRED_FLAGS)
  if(NOT REDFLAG_RUNTIME_OF_${REDFLAG_MODE})
    unset(REDFLAG_RUNTIME_OF_${REDFLAG_MODE} CACHE)
    message(FATAL_ERROR "${CMAKE_CXX_COMPILER} cannot link ${sanitize}: its runtime library is "
      "missing. scripts/setup installs it; `redflag doctor` tells what else is missing.")
  endif()
endif()
