# `cmake --install`: the program, the library, its headers, what finds it (pkg-config,
# find_package), the manual page, completions, and the units for the night. The Debian package
# (cmake/Package.cmake) is the same under /usr.
include(CMakePackageConfigHelpers)
set(doc_dir "${CMAKE_INSTALL_DATADIR}/doc/fleetmeter")

# ---- the program, and what it says of itself
install(TARGETS fleetmeter_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
set(described "${PROJECT_BINARY_DIR}/described")
file(MAKE_DIRECTORY "${described}")
add_custom_command(OUTPUT "${described}/fleetmeter.1" "${described}/fleetmeter.1.gz"
    "${described}/fleetmeter-nightly.1.gz" "${described}/fleetmeter" "${described}/_fleetmeter" "${described}/fleetmeter.fish"
  COMMAND fleetmeter_cli completion man -o "${described}/fleetmeter.1"
  COMMAND gzip -9nkf "${described}/fleetmeter.1"
  COMMAND gzip -9nc "${PROJECT_SOURCE_DIR}/contrib/fleetmeter-nightly.1"
    > "${described}/fleetmeter-nightly.1.gz"
  COMMAND fleetmeter_cli completion bash -o "${described}/fleetmeter"
  COMMAND fleetmeter_cli completion zsh -o "${described}/_fleetmeter"
  COMMAND fleetmeter_cli completion fish -o "${described}/fleetmeter.fish"
  DEPENDS fleetmeter_cli contrib/fleetmeter-nightly.1 VERBATIM)
add_custom_target(fleetmeter_described ALL DEPENDS "${described}/fleetmeter.1")
install(FILES "${described}/fleetmeter.1.gz" "${described}/fleetmeter-nightly.1.gz"
  DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES "${described}/fleetmeter"
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
# zsh looks into site-functions below /usr/local, and Debian's packages use vendor-completions.
set(zsh_folder site-functions)
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  set(zsh_folder vendor-completions)
endif()
install(FILES "${described}/_fleetmeter" DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${zsh_folder})
install(FILES "${described}/fleetmeter.fish"
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# ---- the library: shared, static, headers
install(TARGETS fleetmeter_shared EXPORT fleetmeterTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS fleetmeter_extension LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})  # .load fleetmeter
install(TARGETS fleetmeter EXPORT fleetmeterStaticTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/fleetmeter)
install(EXPORT fleetmeterTargets NAMESPACE fleetmeter:: DESTINATION ${package_dir})
install(EXPORT fleetmeterStaticTargets NAMESPACE fleetmeter:: DESTINATION ${package_dir})
configure_package_config_file(cmake/fleetmeterConfig.cmake.in
  "${PROJECT_BINARY_DIR}/fleetmeterConfig.cmake" INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/fleetmeterConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/fleetmeterConfig.cmake"
  "${PROJECT_BINARY_DIR}/fleetmeterConfigVersion.cmake" DESTINATION ${package_dir})
configure_file(cmake/fleetmeter.pc.in fleetmeter.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/fleetmeter.pc"
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# ---- every night: the script, and what systemd needs to run it
install(PROGRAMS contrib/fleetmeter-nightly DESTINATION ${CMAKE_INSTALL_BINDIR})
configure_file(contrib/systemd/fleetmeter-nightly.service.in fleetmeter-nightly.service @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/fleetmeter-nightly.service"
  contrib/systemd/fleetmeter-nightly.timer DESTINATION lib/systemd/system)
install(FILES contrib/systemd/fleetmeter.sysusers DESTINATION lib/sysusers.d RENAME fleetmeter.conf)
install(FILES contrib/systemd/fleetmeter.tmpfiles DESTINATION lib/tmpfiles.d RENAME fleetmeter.conf)

# ---- documents and examples
install(FILES README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md DESTINATION ${doc_dir})
install(DIRECTORY docs examples DESTINATION ${doc_dir})
install(PROGRAMS contrib/poll-running DESTINATION ${doc_dir}/contrib)
install(DIRECTORY contrib/postgres DESTINATION ${doc_dir}/contrib)
install(DIRECTORY queries/contract DESTINATION ${doc_dir}/queries)
