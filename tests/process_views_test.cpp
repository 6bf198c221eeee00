// The views that an analyst sums say what the commands say.

#include <SQLiteCpp/SQLiteCpp.h>

#include <sstream>

#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/fleet.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

std::string as_csv(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + '"';
}

/// A line for each row of a statement, as the command line would write it.
std::string rows_of(const std::string& path, const std::string& text) {
  SQLite::Database db(path);
  SQLite::Statement row(db, text);
  std::string lines;
  while (row.executeStep()) {
    for (int i = 0; i < row.getColumnCount(); ++i) {
      lines += (i > 0 ? "," : "") + as_csv(row.getColumn(i).getString());
    }
    lines += '\n';
  }
  return lines;
}

/// The answer of a command, without its header.
std::string answer(const Store& store, const std::string& meter) {
  Question question;
  question.by = {GroupBy::app, GroupBy::deployment, GroupBy::process};
  const std::string csv = test::csv(store, meter, question);
  return csv.substr(csv.find('\n') + 1);
}

void compare(const std::string& path) {
  const Store store = Store::open(path);
  CHECK(rows_of(path,
                "SELECT app_id, deployment_id, process_id, 1, billable_ms, billable_ms_lo, "
                "billable_ms_hi FROM process_billing WHERE billable_ms_hi > 0 ORDER BY 1, 2, 3") ==
        answer(store, "billing"));
  CHECK(rows_of(path,
                "SELECT app_id, deployment_id, process_id, 1, egress_bytes, "
                "egress_bytes_lo, egress_bytes_hi, is_open, 0 FROM process_egress "
                "WHERE egress_bytes > 0 OR is_open = 1 ORDER BY 1, 2, 3") == [&] {
    // Processes without a counter are not in the view's sums.
    std::istringstream all(answer(store, "egress"));
    std::string metered;
    for (std::string line; std::getline(all, line);) {
      metered += line.ends_with(",0") ? line + '\n' : "";
    }
    return metered;
  }());
}

}  // namespace

TEST_CASE("the views of processes say what the commands say", "[views]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const Folder folder;
    std::vector<std::string> paths;
    for (const auto& document : sim::adversarial_archive(seed)) {
      const std::string name = document.file_name.substr(document.file_name.find_last_of('/') + 1);
      paths.push_back(folder.write(std::to_string(paths.size()) + '/' + name, document.text));
    }
    IngestOptions lists;
    lists.list = seed % 2 == 0 ? "running" : "";
    Store::open_or_create(folder / "store.db").ingest(paths, lists);
    compare(folder / "store.db");
  }
}

TEST_CASE("the views of processes say what the commands say of a fleet's running lists",
          "[views]") {
  const Folder folder;
  sim::ArchiveOptions options = sim::profile("cron");
  options.fleet.duration_ms = 4 * 3'600'000LL;
  std::string text;
  sim::emit_archive(options, [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  IngestOptions lists;
  lists.list = "running";
  Store::open_or_create(folder / "store.db").ingest({folder.write("archive.ndjson", text)}, lists);
  compare(folder / "store.db");
}
