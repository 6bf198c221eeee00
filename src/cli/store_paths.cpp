#include "cli/store_paths.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fleetmeter::cli {

namespace {

/// The commands that ask several stores as one. All but the first three unite them for the answer.
constexpr std::array kAskSeveral{"billing",   "egress",  "status",    "cost",    "coverage",
                                 "anomalies", "explain", "reconcile", "compare", "report",
                                 "query",     "sql",     "export",    "unite"};

bool asks_several(const std::string& command) {
  return std::find(kAskSeveral.begin(), kAskSeveral.end(), command) != kAskSeveral.end();
}

}  // namespace

void refuse_several_stores(const std::string& what, const std::vector<std::string>& named) {
  constexpr std::size_t kTold = 3;
  std::string all;
  for (std::size_t i = 0; i < std::min(named.size(), kTold); ++i) {
    all += (i == 0 ? "" : ", ") + printable(named[i]);
  }
  if (named.size() > kTold) {
    all += " and " + std::to_string(named.size() - kTold) + " more";
  }
  const bool is_folder_or_pattern = named.size() == 1;
  throw Error(ErrorKind::usage, what + ": asks one store, and --db names " +
                                    (is_folder_or_pattern ? "what may be several" : "several") +
                                    " (" + all + "); `fleetmeter unite` makes one of them");
}

void find_stores(const std::string& command, Options& options) {
  std::vector<std::string> named = std::exchange(options.dbs, {});
  for (const std::string& name : named) {
    expect_store_name(name);
  }
  if (named.empty()) {
    expect_store_name(options.db);
  } else if (asks_several(command)) {
    std::vector<std::string> paths = stores_named(named);
    if (paths.size() == 1) {
      options.db = paths.front();
    } else {
      options.dbs = std::move(paths);
    }
  } else if (named.size() > 1 || names_several_stores(named.front())) {
    refuse_several_stores(command, named);
  } else {
    options.db = named.front();
  }
}

}  // namespace fleetmeter::cli
