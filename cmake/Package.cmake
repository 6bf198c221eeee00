# `cmake --workflow --preset package` makes the Debian package of what is installed. CPack packs it,
# and dpkg-shlibdeps works out which libraries it needs.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "fleetmeter maintainers <maintainers@fleetmeter.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "exact billing from archived snapshots of game servers")
set(CPACK_PACKAGE_DESCRIPTION "fleetmeter reads archives of what the Hathora API once said of
game-server processes, in whatever state they are. It answers what was
billable and how many bytes left, with a lower and an upper bound, the
evidence behind each number, and a verdict on the vendor's invoices.
.
The package holds the program, the library for C and C++, and units for systemd
that read, back up and report every night.")
set(CPACK_PACKAGING_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
# Zones come from tzdata; the user and the archive's folder are made by systemd's tools.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "tzdata, systemd | systemd-standalone-sysusers | systemd-sysusers,\
 systemd | systemd-standalone-tmpfiles | systemd-tmpfiles")
# The nightly backup, workbooks, and the prompt of `sql`.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "sqlite3, libxlsxwriter4, libedit2, libpq5")
# contrib/poll-running, and what fleetmeter::static is linked with.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "curl, jq, libsqlite3-dev, libsqlitecpp-dev,\
 nlohmann-json3-dev, libsimdjson-dev, libhowardhinnant-date-dev, zlib1g-dev, libzstd-dev,\
 libssl-dev")
set(debian "${PROJECT_SOURCE_DIR}/packaging/debian")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${debian}/postinst" "${debian}/prerm" "${debian}/postrm" "${debian}/triggers")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
install(FILES "${debian}/copyright" DESTINATION ${doc_dir})
install(FILES "${debian}/lintian-overrides" DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
  RENAME fleetmeter)
install(CODE "
  execute_process(COMMAND gzip -9nc \"${debian}/changelog\"
    OUTPUT_FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${doc_dir}/changelog.gz\"
    COMMAND_ERROR_IS_FATAL ANY)")
include(CPack)
