# `cmake --install`: the command, the library, its headers, and a package that
# find_package(fleetmeter) finds.
include(CMakePackageConfigHelpers)

install(TARGETS fleetmeter_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
# Every night: the script, and what systemd needs to run it. Below /usr/local systemd finds them.
install(PROGRAMS contrib/fleetmeter-nightly DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES contrib/systemd/fleetmeter-nightly.service contrib/systemd/fleetmeter-nightly.timer
  DESTINATION lib/systemd/system)
install(FILES contrib/systemd/fleetmeter.sysusers DESTINATION lib/sysusers.d RENAME fleetmeter.conf)
install(FILES contrib/systemd/fleetmeter.tmpfiles DESTINATION lib/tmpfiles.d RENAME fleetmeter.conf)
install(FILES docs/nightly.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/fleetmeter)
# The manual and the completions are what the command says of itself.
set(described "${PROJECT_BINARY_DIR}/described")
file(MAKE_DIRECTORY "${described}")
add_custom_command(OUTPUT "${described}/fleetmeter.1" "${described}/fleetmeter" "${described}/_fleetmeter"
    "${described}/fleetmeter.fish"
  COMMAND fleetmeter_cli completion man -o "${described}/fleetmeter.1"
  COMMAND fleetmeter_cli completion bash -o "${described}/fleetmeter"
  COMMAND fleetmeter_cli completion zsh -o "${described}/_fleetmeter"
  COMMAND fleetmeter_cli completion fish -o "${described}/fleetmeter.fish"
  DEPENDS fleetmeter_cli VERBATIM)
add_custom_target(fleetmeter_described ALL DEPENDS "${described}/fleetmeter.1")
install(FILES "${described}/fleetmeter.1" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES "${described}/fleetmeter" DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES "${described}/_fleetmeter" DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES "${described}/fleetmeter.fish" DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
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
