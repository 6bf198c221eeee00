#pragma once

#include <stdexcept>
#include <string>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What ended the work, as the caller sees it. The value is the exit code of the command.
enum class ErrorKind : int {
  usage = 2,           ///< the caller asked for something that cannot be asked
  data = 65,           ///< bytes handed in are not what they claim to be
  no_input = 66,       ///< no such file, folder or store
  internal = 70,       ///< we are wrong; report it
  cannot_create = 73,  ///< an output cannot be created
  io = 74,             ///< reading or writing failed, or the disk is full
  busy = 75,           ///< another writer holds the store; try again
  permission = 77,     ///< the system does not let us
  foreign_store = 78,  ///< the file is no store of ours, newer than this library, or damaged
  cancelled = 130,     ///< somebody asked for it to stop (Store::stop_when)
};

/// The one exception this library throws. `what()` reads `<where>: <what> (<value>)`.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  [[nodiscard]] int exit_code() const noexcept { return static_cast<int>(kind_); }

 private:
  ErrorKind kind_;
};

}  // namespace fleetmeter
