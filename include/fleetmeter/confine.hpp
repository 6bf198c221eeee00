#pragma once

#include <string>
#include <vector>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What the kernel took away; both are false on a system that cannot do it.
struct Confined {
  bool files = false;  ///< files outside the folders cannot be opened (Landlock, Linux 5.13)
  bool calls = false;  ///< no program can be started and no connection made (seccomp)
};

/// Gives up, for good, what asking a store does not need: for the calling thread, and for those
/// that it starts from then on. Afterwards files can be opened, made and removed in `folders` and
/// below; those of the system (/usr, /etc, /lib) can be read; no program starts, no socket opens,
/// no other process is touched. What is open already stays so. A folder that is not there is left
/// out.
///
/// SQLite keeps SQL of strangers from all that already. This is the second wall, for faults in
/// SQLite that nobody knows yet. The command line is confined before it runs a SELECT that
/// somebody typed. A program that embeds the library and runs such SQL does it on a thread of its
/// own:
///
///     std::thread([&] {
///       fleetmeter::confine_thread({"/srv/fleetmeter"});
///       store.sql(statement, sink, limits);
///     }).join();
Confined confine_thread(const std::vector<std::string>& folders);

}  // namespace fleetmeter
