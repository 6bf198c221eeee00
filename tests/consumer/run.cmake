cmake_minimum_required(VERSION 3.25)
# Installs the library into a fresh folder, builds a project against it, and runs it: once with the
# shared library, once with the static one.
set(work "${BUILD_DIR}/consumer-test")
file(REMOVE_RECURSE "${work}")
file(MAKE_DIRECTORY "${work}/run")
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output
    WORKING_DIRECTORY "${work}/run")
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN}: exit ${code}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(WRITE "${work}/run/2024-11-01T09-00-00Z.json" [=[
[{"processId": "p1", "appId": "app-1", "deploymentId": 1, "region": "Frankfurt",
  "startingAt": "2024-11-01T08:00:00Z", "startedAt": "2024-11-01T08:00:00Z",
  "egressedBytes": 3600, "roomsPerProcess": 1}]
]=])
run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${work}/prefix")
foreach(component IN ITEMS "" static)
  set(build "${work}/build-${component}")
  run("${CMAKE_COMMAND}" -S "${SOURCE_DIR}/tests/consumer" -B "${build}" -G "${GENERATOR}"
    "-DCMAKE_PREFIX_PATH=${work}/prefix" -DCMAKE_BUILD_TYPE=Release
    "-DFLEETMETER_COMPONENT=${component}" "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}")
  run("${CMAKE_COMMAND}" --build "${build}")
  file(REMOVE "${work}/run/usage.db")
  run("${build}/consumer" 2024-11-01T09-00-00Z.json)
  if(NOT output STREQUAL "Frankfurt: 3600 bytes, at least 3600\n")
    message(FATAL_ERROR "the consumer answered:\n${output}")
  endif()
endforeach()
run("${work}/prefix/bin/fleetmeter" --version)
