#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

int put_back(const Options& options) {
  if (!options.prune_from) {
    throw Error(ErrorKind::usage, "prune --restore: needs --from DIR, the folder with the files");
  }
  if (options.prune_before || options.prune_to || options.vacuum) {
    throw Error(ErrorKind::usage, "prune --restore: takes nothing but --from DIR");
  }
  const auto rows = Store::open_to_write(options.db).restore_pruned(*options.prune_from);
  write_answer(options, [&](RowSink& sink) { give(rows, sink); });
  return 0;
}

}  // namespace

int run_prune(const Options& options) {
  expect_format(options);
  if (options.put_back) {
    return put_back(options);
  }
  if (!options.prune_before || !options.prune_to || options.prune_from) {
    throw Error(ErrorKind::usage,
                "prune: takes --before TIME and --to DIR, or --restore and --from DIR");
  }
  const PruneRequest request{parse_instant("--before", *options.prune_before, "UTC"),
                             *options.prune_to, options.vacuum};
  const Pruning done = Store::open_to_write(options.db).prune(request);
  write_answer(options, [&](RowSink& sink) { give(std::vector{done}, sink); });
  return 0;
}

}  // namespace fleetmeter::cli
