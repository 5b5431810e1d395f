# Installs a component of the package, and builds and runs a project that finds it there.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(result)
    message(FATAL_ERROR "${ARGN}\n${said}")
  endif()
endfunction()
set(there ${BUILT}/package-test/${COMPONENT})
file(REMOVE_RECURSE ${there})
run(${CMAKE_COMMAND} --install ${BUILT} --component ${COMPONENT} --prefix ${there}/prefix)
run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${there}/build -D CMAKE_PREFIX_PATH=${there}/prefix
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_FLAGS=${FLAGS})
run(${CMAKE_COMMAND} --build ${there}/build)
run(${there}/build/${PROGRAM})
