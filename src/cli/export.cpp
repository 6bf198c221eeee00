#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

int run_export(const Options& options) {
  if (options.tool != "datasette") {
    throw Error(ErrorKind::usage, "export: no such tool (" + printable(options.tool) + ")" +
                                      did_you_mean(options.tool, {"datasette"}) +
                                      "; there is datasette");
  }
  write_text(options, datasette_metadata(options.db));
  return 0;
}

}  // namespace fleetmeter::cli
