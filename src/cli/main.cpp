#include <csignal>
#include <exception>
#include <new>

#include "cli/options.hpp"
#include "cli/output.hpp"

int main(int argc, char** argv) {
  using fleetmeter::ErrorKind;
  // A reader that goes away (`| head`) and a file at its size limit are errors to report, not
  // reasons to be killed.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    const fleetmeter::cli::Parsed parsed = fleetmeter::cli::parse(argc, argv);
    return parsed.command == nullptr ? parsed.exit_code : parsed.command->run(parsed.options);
  } catch (const fleetmeter::Error& error) {
    fleetmeter::cli::say(error.what());
    return error.exit_code();
  } catch (const std::bad_alloc&) {
    fleetmeter::cli::say("out of memory");
  } catch (const std::exception& error) {
    fleetmeter::cli::say(std::string("internal error: ") + error.what());
  }
  return static_cast<int>(ErrorKind::internal);
}
