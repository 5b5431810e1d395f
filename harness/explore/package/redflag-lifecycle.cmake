# The target redflag::lifecycle; redflagConfig.cmake includes this.
if(NOT TARGET redflag::lifecycle)
  add_library(redflag::lifecycle STATIC IMPORTED)
  set_target_properties(redflag::lifecycle PROPERTIES
    IMPORTED_LOCATION ${CMAKE_CURRENT_LIST_DIR}/libredflag_lifecycle.a)
  target_include_directories(redflag::lifecycle INTERFACE ${redflag_INCLUDE_DIR})
  target_compile_features(redflag::lifecycle INTERFACE cxx_std_20)
  target_link_libraries(redflag::lifecycle INTERFACE Threads::Threads)
endif()
