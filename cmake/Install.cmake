# `cmake --install`: the command, the library, its headers, and a package that
# find_package(fleetmeter) finds.
include(CMakePackageConfigHelpers)

install(TARGETS fleetmeter_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS fleetmeter EXPORT fleetmeterTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/fleetmeter DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT fleetmeterTargets NAMESPACE fleetmeter::
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fleetmeter)
configure_package_config_file(cmake/fleetmeterConfig.cmake.in
  "${PROJECT_BINARY_DIR}/fleetmeterConfig.cmake"
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fleetmeter)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/fleetmeterConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/fleetmeterConfig.cmake"
  "${PROJECT_BINARY_DIR}/fleetmeterConfigVersion.cmake"
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fleetmeter)
