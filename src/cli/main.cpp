#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#include "cli/complete.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/spelling.hpp"

namespace {

using fleetmeter::ErrorKind;

/// Ends the program when memory runs out, or an error is thrown, where no exception may pass: in a
/// destructor, for example. It allocates nothing.
[[noreturn]] void on_terminate() {
  constexpr std::string_view kText = "fleetmeter: out of memory, or an error nobody caught\n";
  static_cast<void>(!write(STDERR_FILENO, kText.data(), kText.size()));
  _exit(static_cast<int>(ErrorKind::internal));
}

/// Takes the numbers of standard streams that are closed, so that no file of ours has one: a message
/// would be written into it. They are opened the wrong way round, so that using one still fails.
void keep_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) < 0) {
      static_cast<void>(open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY));
    }
  }
}

/// Whether an error says that there is no memory. For a new thread, the system calls that "try
/// again".
bool is_of_memory(const std::system_error& error) {
  return error.code() == std::errc::not_enough_memory ||
         error.code() == std::errc::resource_unavailable_try_again;
}

int run(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "complete") {
    const int first = argc > 2 && std::string_view(argv[2]) == "--" ? 3 : 2;
    return fleetmeter::cli::run_complete({argv + first, argv + argc});
  }
  const fleetmeter::cli::Parsed parsed = fleetmeter::cli::parse(argc, argv);
  if (parsed.command != nullptr) {
    fleetmeter::cli::expect_own_place(parsed.options);
    return parsed.command->run(parsed.options);
  }
  // What was printed is help.
  if (!std::cout.flush() && errno != EPIPE) {
    throw fleetmeter::Error(ErrorKind::io, std::string("standard output: ") + std::strerror(errno));
  }
  return parsed.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_streams();
  // A reader that goes away (`| head`) and a file at its size limit are errors to report, not
  // reasons to be killed.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::set_terminate(on_terminate);
  fleetmeter::spell_terms(fleetmeter::cli::as_option);
  try {
    return run(argc, argv);
  } catch (const fleetmeter::Error& error) {
    fleetmeter::cli::say(error.what());
    return error.exit_code();
  } catch (const std::bad_alloc&) {
    fleetmeter::cli::say("out of memory; what was committed before stays");
  } catch (const std::system_error& error) {
    fleetmeter::cli::say(is_of_memory(error) ? "out of memory; what was committed before stays"
                                             : std::string("internal error: ") + error.what());
  } catch (const std::exception& error) {
    fleetmeter::cli::say(std::string("internal error: ") + error.what());
  }
  return static_cast<int>(ErrorKind::internal);
}
