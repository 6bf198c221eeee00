// What lists prove against what a simulated fleet really did: nobody's truth is outside its bounds.

#include <algorithm>
#include <cstdlib>
#include <map>

#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

constexpr std::int64_t kHour_ms = 3'600'000;

/// The lives of all processes by id, also of those that no list showed.
using Truth = std::map<std::string, sim::TrueProcess>;

/// A cron job that saves the running list of each region, ten at most, and nothing else.
sim::ArchiveOptions cron(std::uint64_t seed, int poll_s) {
  sim::ArchiveOptions options = sim::profile("cron");
  options.form = sim::Form::envelope;
  options.fleet.duration_ms = 9 * kHour_ms;
  options.fleet.seed = seed;
  options.poll_s = poll_s;
  return options;
}

/// An archive in a store, with its truth.
struct Told {
  explicit Told(const sim::ArchiveOptions& options)
      : store(Store::open_or_create(folder / "store.db")) {
    std::string text;
    sim::emit_archive(
        options,
        [&](const sim::Document& document) {
          text.append(document.text).append("\n");
          last_ms = std::max(last_ms, document.observed_at_ms);
        },
        [&](const sim::TrueProcess& process) { truth.emplace(process.id, process); });
    store.ingest({folder.write("archive.ndjson", text)});
  }

  Folder folder;
  Truth truth;
  Store store;
  std::int64_t last_ms = 0;  ///< when the last list was true
};

/// Billable is what lies between startedAt and stoppingAt.
std::int64_t true_ms(const sim::TrueProcess& process, std::int64_t from_ms, std::int64_t to_ms) {
  return process.never_started
             ? 0
             : std::max<std::int64_t>(
                   0, std::min(process.stopping_ms, to_ms) - std::max(process.started_ms, from_ms));
}

/// Of all processes that were seen, in milliseconds.
struct Sums {
  std::int64_t truth_ms = 0;
  std::int64_t width_ms = 0;
  std::int64_t point_ms = 0;
  std::size_t cells = 0;

  [[nodiscard]] double width() const {
    return static_cast<double>(width_ms) / static_cast<double>(truth_ms);
  }
};

/// Checks each process in a window. Who has no row there may have used nothing there.
Sums check_window(const Told& told, Question question) {
  Sums sums;
  question.by = {GroupBy::process};
  std::map<std::string, Bounded<Int128>> rows;
  for (const BillingRow& row : told.store.billing(question)) {
    rows[row.group[0]] = row.billable_ms;
  }
  Table seen;
  told.store.sql("SELECT process_id FROM process", seen);
  for (const std::vector<Cell>& cells : seen.rows) {
    const std::string id = std::get<std::string>(cells[0]);
    const std::int64_t really_ms = true_ms(told.truth.at(id), *question.from_ms, *question.to_ms);
    const Bounded<Int128>& told_ms = rows[id];
    INFO("process " << id << " from " << *question.from_ms << " to " << *question.to_ms << ": "
                    << to_text(told_ms.lo) << " <= " << really_ms << " <= " << to_text(told_ms.hi));
    REQUIRE((told_ms.lo <= really_ms && really_ms <= told_ms.hi));
    sums.truth_ms += really_ms;
    sums.width_ms += static_cast<std::int64_t>(told_ms.hi - told_ms.lo);
    sums.point_ms += static_cast<std::int64_t>(told_ms.point);
    ++sums.cells;
  }
  return sums;
}

Question window(std::int64_t from_ms, std::int64_t to_ms) {
  Question question;
  question.from_ms = from_ms;
  question.to_ms = to_ms;
  return question;
}

/// Each two hours of the archive, what could be said of its first half at that time, and all of it.
Sums check_truth(const sim::ArchiveOptions& options) {
  const Told told(options);
  const std::int64_t begin_ms = options.fleet.start_ms - 48 * kHour_ms;
  for (std::int64_t from_ms = options.fleet.start_ms; from_ms < told.last_ms;
       from_ms += 2 * kHour_ms) {
    check_window(told, window(from_ms, std::min(from_ms + 2 * kHour_ms, told.last_ms)));
  }
  Question early = window(begin_ms, options.fleet.start_ms + 5 * kHour_ms);
  early.as_of_ms = early.to_ms;
  check_window(told, early);
  return check_window(told, window(begin_ms, told.last_ms));
}

}  // namespace

TEST_CASE("the true billable time is inside the bounds when only running lists were saved",
          "[absence]") {
  const char* const more = std::getenv("FLEETMETER_FLEETS");  // for a long run
  const std::uint64_t fleets = more == nullptr ? 2 : std::stoull(more);
  for (std::uint64_t seed = 1; seed <= fleets; ++seed) {
    for (const int poll_s : {60, 300}) {
      INFO("seed " << seed << ", every " << poll_s << " s");
      // Who never starts is bounded by the longest life alone, and would be all that is measured.
      sim::ArchiveOptions whole = cron(seed, poll_s);
      whole.fleet.never_started = 0;
      whole.cap10 = false;
      whole.fleet.processes_alive = 12;
      const Sums of_whole = check_truth(whole);
      CHECK(of_whole.cells > 100);
      CHECK(of_whole.width() < (poll_s == 60 ? 0.04 : 0.16));

      sim::ArchiveOptions cut = cron(seed, poll_s);
      cut.gaps = 20;
      cut.late = 20;
      cut.repeat = 20;
      CHECK(check_truth(cut).cells > 200);
    }
  }
}
