# redflag_add_scenarios(ROOT): every folder of ROOT is a scenario. Adding one touches nothing else;
# a folder that lacks a file stops the configure step. Each *.cpp in it is a program
# ROOT/NAME/VARIANT, built as bin/../scenarios/NAME/VARIANT, and a test scenario.NAME.VARIANT.
function(redflag_add_scenarios root)
  add_custom_target(scenarios)
  file(GLOB folders LIST_DIRECTORIES true CONFIGURE_DEPENDS ${root}/*)
  foreach(folder IN LISTS folders)
    if(IS_DIRECTORY ${folder})
      redflag_add_scenario(${folder})
    endif()
  endforeach()
endfunction()

function(redflag_add_scenario folder)
  get_filename_component(name ${folder} NAME)
  file(GLOB unsafe CONFIGURE_DEPENDS ${folder}/unsafe*.cpp)
  file(GLOB safe CONFIGURE_DEPENDS ${folder}/safe*.cpp)
  file(GLOB all CONFIGURE_DEPENDS ${folder}/*.cpp)
  foreach(needed unsafe.cpp safe.cpp lesson.md)
    if(NOT EXISTS ${folder}/${needed})
      message(FATAL_ERROR "scenarios/${name} has no ${needed}. A scenario is a folder with "
        "unsafe.cpp, safe.cpp and lesson.md (`scripts/new-scenario ${name}` stamps one).")
    endif()
  endforeach()
  list(REMOVE_ITEM all ${unsafe} ${safe})
  if(all)
    message(FATAL_ERROR "scenarios/${name}: ${all} is neither unsafe*.cpp nor safe*.cpp")
  endif()
  redflag_add_variants(${name} unsafe ${unsafe})
  redflag_add_variants(${name} safe ${safe})
endfunction()

# explore.SCENARIO.VARIANT: what mode explore runs. g++'s programs are taken as they are, Clang's have
# the explorer linked in: once more the same objects, so that mode tsan has nothing of it.
function(redflag_add_explored target name variant)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    add_executable(explore.${target} ALIAS ${target})
    return()
  endif()
  add_executable(explore.${target} $<TARGET_OBJECTS:${target}>)
  target_link_libraries(explore.${target} PRIVATE redflag_tested redflag_program_main redflag_program redflag_lifecycle
    redflag_explore_linked)
  set_target_properties(explore.${target} PROPERTIES OUTPUT_NAME ${variant} LINKER_LANGUAGE CXX
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/explore/${name})
  add_dependencies(scenarios explore.${target})
endfunction()

function(redflag_add_variants name side)
  foreach(file IN LISTS ARGN)
    get_filename_component(variant ${file} NAME_WE)
    set(target scenario.${name}.${variant})
    add_executable(${target} ${file})
    target_link_libraries(${target} PRIVATE redflag_tested redflag_program_main redflag_program redflag_lifecycle)
    redflag_use_precompiled(${target} redflag_tested_headers)
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${variant}
      RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/scenarios/${name})
    add_dependencies(scenarios ${target})
    set(budget 1s)
    if(side STREQUAL safe AND NOT REDFLAG_MODE STREQUAL tsan)  # which is the gate
      set(budget 500ms)
    endif()
    add_test(NAME ${target} COMMAND redflag check $<TARGET_FILE:${target}> --mode ${REDFLAG_MODE} --budget ${budget})
    # Before it says "missed", check starts 60 processes of a second.
    if(REDFLAG_MODE STREQUAL tsan)  # the same program under the controlled scheduler
      redflag_add_explored(${target} ${name} ${variant})
      add_test(NAME explore.${target} COMMAND redflag check $<TARGET_FILE:explore.${target}> --mode explore --budget 600ms)
      set_tests_properties(explore.${target} PROPERTIES LABELS "explore;${side}" TIMEOUT 300)
    endif()
    set_tests_properties(${target} PROPERTIES LABELS ${side} TIMEOUT 300)
  endforeach()
endfunction()
