// The reference against the simulator's truth, and the laws on adversarial archives.

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "reference.hpp"
#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/fleet.hpp"

namespace {

using namespace fleetmeter;
using reference::Archive;
using reference::kDay;
using reference::Millis;
using reference::Question;

/// One row of an answer: the grouping texts and the numbers.
struct Row {
  std::vector<std::string> labels;
  std::vector<std::int64_t> numbers;
};

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> out(1);
  bool in_quotes = false;
  for (const char c : line) {
    in_quotes = in_quotes != (c == '"');
    if (c == ',' && !in_quotes) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

std::vector<Row> rows_of(const std::string& csv, std::size_t labels) {
  std::istringstream in(csv);
  std::string line;
  std::getline(in, line);
  std::vector<Row> out;
  while (std::getline(in, line)) {
    Row row;
    for (const std::string& field : fields_of(line)) {
      if (row.labels.size() < labels) {
        row.labels.push_back(field);
      } else {
        row.numbers.push_back(std::stoll(field));
      }
    }
    out.push_back(std::move(row));
  }
  return out;
}

std::int64_t sum(const std::vector<Row>& rows, std::size_t column) {
  std::int64_t total = 0;
  for (const Row& row : rows) {
    total += row.numbers[column];
  }
  return total;
}

sim::ArchiveOptions honest_fleet(std::uint64_t seed, int poll_s) {
  sim::ArchiveOptions options;
  options.fleet.seed = seed;
  options.fleet.duration_ms = 2 * kDay;
  options.fleet.processes_alive = 5;
  options.fleet.lifetime_minutes = 40;
  options.fleet.wraps = 50;
  options.poll_s = poll_s;
  options.gaps = 20;
  options.late = 20;
  options.repeat = 20;
  return options;
}

Archive archive_of(const sim::ArchiveOptions& options) {
  Archive archive;
  sim::emit_archive(options, [&](const sim::Document& document) {
    archive.add_document(document.text, document.observed_at_ms);
  });
  return archive;
}

Archive archive_of(const std::vector<sim::AdversarialDocument>& documents) {
  Archive archive;
  for (const sim::AdversarialDocument& document : documents) {
    archive.add_document(document.text, document.observed_at_ms);
  }
  return archive;
}

/// What the fleet really sent from each region on each UTC day before `as_of`.
std::map<std::vector<std::string>, std::int64_t> true_egress(const sim::Fleet& fleet, Millis start,
                                                             Millis as_of) {
  std::map<std::vector<std::string>, std::int64_t> out;
  for (int day = -2; day <= 2; ++day) {
    const Millis from = start + day * kDay;
    const Millis to = std::min(from + kDay, as_of);
    const std::string label =
        day < 0 ? "2024-10-" + std::to_string(32 + day) : "2024-11-0" + std::to_string(1 + day);
    for (const sim::TrueProcess& process : fleet.processes()) {
      if (to > from) {
        out[{label, process.region}] += process.bytes_before(to) - process.bytes_before(from);
      }
    }
  }
  return out;
}

void check_bounds(const Archive& archive, const sim::ArchiveOptions& options) {
  const Millis as_of =
      *std::max_element(archive.snapshot_instants().begin(), archive.snapshot_instants().end());
  auto truth = true_egress(sim::Fleet(options.fleet), options.fleet.start_ms, as_of);
  Question question;
  question.by = {"day", "region"};
  std::int64_t closed_cells = 0;
  for (const Row& row : rows_of(egress_csv(archive, question), 2)) {
    if (row.numbers[4] == 0) {
      CAPTURE(row.labels);
      REQUIRE(truth[row.labels] >= row.numbers[2]);
      REQUIRE(truth[row.labels] <= row.numbers[3]);
      ++closed_cells;
    }
    truth.erase(row.labels);
  }
  REQUIRE(closed_cells > 5);
  for (const auto& [labels, bytes] : truth) {
    REQUIRE(bytes == 0);
  }
}

void check_partition(const Archive& archive, const std::string& tz) {
  static const std::vector<std::vector<std::string>> groupings = {
      {"day"}, {"hour"}, {"month", "region"}, {"process", "day"}, {"deployment", "app"}};
  Question question;
  question.tz = tz;
  const Row egress = rows_of(egress_csv(archive, question), 0).at(0);
  const Row billing = rows_of(billing_csv(archive, question), 0).at(0);
  for (const std::vector<std::string>& by : groupings) {
    question.by = by;
    const std::vector<Row> egress_rows = rows_of(egress_csv(archive, question), by.size());
    const std::vector<Row> billing_rows = rows_of(billing_csv(archive, question), by.size());
    REQUIRE(sum(egress_rows, 1) == egress.numbers[1]);
    REQUIRE(sum(billing_rows, 1) == billing.numbers[1]);
    for (const std::vector<Row>& rows : {egress_rows, billing_rows}) {
      for (const Row& row : rows) {
        REQUIRE(row.numbers[2] <= row.numbers[1]);
        REQUIRE(row.numbers[1] <= row.numbers[3]);
      }
    }
  }
}

}  // namespace

TEST_CASE("the truth of a simulated fleet lies within the bounds", "[reference][sim]") {
  for (const int poll_s : {60, 300, 900}) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      if (poll_s == 60 && seed > 1) {
        continue;
      }
      CAPTURE(poll_s, seed);
      const sim::ArchiveOptions options = honest_fleet(seed, poll_s);
      const Archive archive = archive_of(options);
      REQUIRE(archive.rejected() == 0);
      REQUIRE(archive.duplicates() > 0);
      check_bounds(archive, options);
      check_partition(archive, "America/New_York");
    }
  }
}

TEST_CASE("an adversarial archive obeys partition and order of bounds", "[reference][sim]") {
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    CAPTURE(seed);
    const Archive archive = archive_of(sim::adversarial_archive(seed));
    REQUIRE(archive.rejected() == 0);
    const bool spans_decades =
        *std::min_element(archive.snapshot_instants().begin(), archive.snapshot_instants().end()) +
            400 * kDay <
        *std::max_element(archive.snapshot_instants().begin(), archive.snapshot_instants().end());
    if (!spans_decades) {  // hours since 1970 would take minutes
      check_partition(archive, sim::adversarial_zone(seed));
    }
  }
}
