// The archives that people have: what a cron job saved, what a logger printed, what a tool wrote
// again. The simulator knows the truth of each, and the same polls say the same in every form.

#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "sim/output.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::csv;
using test::Folder;

constexpr std::int64_t kHour_ms = 3'600'000;

std::int64_t whole(Int128 value) {
  return static_cast<std::int64_t>(value);
}

/// A poll as the simulator made it: a bare array, and when it was true.
struct Poll {
  std::string array;
  std::string time;
  std::string file_name;
};

std::vector<Poll> polls_of(const sim::ArchiveOptions& options) {
  std::vector<Poll> polls;
  sim::emit_archive(options, [&](const sim::Document& document) {
    polls.push_back(
        {std::string(document.text), sim::instant(document.observed_at_ms), document.file_name});
  });
  return polls;
}

std::string envelope(const Poll& poll) {
  return R"({"observedAt":")" + poll.time + R"(","processes":)" + poll.array + '}';
}

/// Writes the polls so that they follow one another in one file.
std::string joined(const std::vector<Poll>& polls, const char* begin, const char* between,
                   const char* end, const std::function<std::string(const Poll&)>& text_of) {
  std::string all = begin;
  for (std::size_t i = 0; i < polls.size(); ++i) {
    all += (i == 0 ? "" : between) + text_of(polls[i]);
  }
  return all + end;
}

std::string utf16(const std::string& text, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) {  // ASCII, as the simulator writes
    out += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  }
  return out;
}

std::string answers(const std::string& path, const Folder& folder, const std::string& name) {
  Store store = Store::open_or_create(folder / (name + ".db"));
  for (const SourceReport& report : store.ingest({path})) {
    INFO(report.source << ' ' << report.error);
    CHECK(report.clean());
  }
  std::string all;
  for (const char* by : {"", "process", "region,hour"}) {
    Question question;
    if (*by != '\0') {
      question.by = parse_group_by(by);
    }
    all += csv(store, "billing", question) + csv(store, "egress", question);
  }
  return all;
}

sim::ArchiveOptions shortened(const std::string& name, int hours) {
  sim::ArchiveOptions options = sim::profile(name);
  options.fleet.duration_ms = hours * kHour_ms;
  options.fleet.processes_alive = std::min(options.fleet.processes_alive, 30);
  options.poll_s = 300;
  return options;
}

}  // namespace

TEST_CASE("the same polls say the same in every form", "[forms]") {
  const std::vector<Poll> polls = polls_of(shortened("stopped", 4));
  REQUIRE(polls.size() > 100);
  const auto in_log = [](const Poll& poll) {
    return R"({"timestamp":")" + poll.time + R"(","message":)" + sim::json_text(poll.array) + '}';
  };
  const std::string lines = joined(polls, "", "\n", "\n", envelope);
  const std::map<std::string, std::string> forms{
      {"lines", lines},
      {"commas", joined(polls, "", ",\n", ",", envelope)},
      {"slurped", joined(polls, "[", ",\n ", "]\n", envelope)},
      {"pretty",
       joined(polls, "", "\n", "\n", [](const Poll& poll) { return sim::pretty(envelope(poll)); })},
      {"sequence",
       joined(polls, "", "", "", [](const Poll& poll) { return "\x1E" + envelope(poll) + '\n'; })},
      {"log", joined(polls, "", "\n", "\n", in_log)},
      {"logs_in_array", joined(polls, R"({"events":[)", ",", "]}", in_log)},
      {"prefix", joined(polls, "", "\n", "\n",
                        [](const Poll& poll) { return poll.time + " stdout F " + poll.array; })},
      {"wrapped", joined(polls, "", "\n", "\n",
                         [](const Poll& poll) {
                           return R"({"time":")" + poll.time + R"(","data":{"items":)" +
                                  poll.array + "}}";
                         })},
      {"utf16le", utf16(lines, false)},
      {"utf16be", utf16(lines, true)},
  };
  const Folder folder;
  const std::string expected = answers(folder.write("lines.x", lines), folder, "expected");
  CHECK(expected.size() > 10'000);
  for (const auto& [name, text] : forms) {
    INFO(name);
    const std::string path = folder.write(name + ".x", text);
    CHECK(answers(path, folder, name) == expected);
    REQUIRE(std::system(("gzip -k " + path + " && zstd -q " + path).c_str()) == 0);
    CHECK(answers(path + ".gz", folder, name + "gz") == expected);
    CHECK(answers(path + ".zst", folder, name + "zst") == expected);
  }
}

TEST_CASE("files under natural names say what one file says", "[forms]") {
  const std::vector<Poll> polls = polls_of(shortened("stopped", 3));
  const Folder folder;
  const std::string expected =
      answers(folder.write("lines.x", joined(polls, "", "\n", "\n", envelope)), folder, "expected");
  const auto save = [&](const std::string& layout,
                        const std::function<std::string(const Poll&)>& name_of) {
    for (std::size_t i = 0; i < polls.size(); ++i) {
      folder.write(layout + '/' + name_of(polls[i]) + '-' + std::to_string(i) + ".json",
                   polls[i].array);
    }
    INFO(layout);
    CHECK(answers(folder / layout, folder, layout) == expected);
  };
  const auto digits = [](std::string text) {
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
  };
  save("rfc", [](const Poll& poll) { return poll.file_name; });
  save("colons", [](const Poll& poll) { return poll.time; });
  save("compact", [&](const Poll& poll) { return "running_" + digits(poll.time); });
  save("unix", [](const Poll& poll) {
    return "poll-" + std::to_string(parse_instant("t", poll.time, "UTC") / 1000);
  });
  save("days",
       [](const Poll& poll) { return poll.time.substr(0, 10) + "/list-" + poll.time.substr(11); });
  save("hive", [&](const Poll& poll) {
    return "year=" + poll.time.substr(0, 4) + "/month=" + poll.time.substr(5, 2) +
           "/day=" + poll.time.substr(8, 2) + '/' + digits(poll.time.substr(11, 8)) + 'Z';
  });
}

TEST_CASE("the truth of every profile lies inside the bounds", "[forms]") {
  for (const char* const name : {"cron", "stopped", "logs", "players"}) {
    const Folder folder;
    const sim::ArchiveOptions options = shortened(name, 5);
    const bool is_tree = std::string(name) == "cron" || std::string(name) == "stopped";
    const std::string path = folder / (is_tree ? "archive" : "archive.ndjson");
    sim::ArchiveOutput output(path, is_tree ? sim::Layout::tree : sim::Layout::ndjson);
    std::map<std::string, sim::TrueProcess> truth;
    sim::emit_archive(
        options, [&](const sim::Document& document) { output.write(document); },
        [&](const sim::TrueProcess& process) { truth.emplace(process.id, process); });
    output.finish();
    Store store = Store::open_or_create(folder / "store.db");
    for (const SourceReport& report : store.ingest({path})) {
      REQUIRE(report.clean());
    }
    Question question;
    question.by = parse_group_by("process");
    question.from_ms = options.fleet.start_ms + kHour_ms;
    question.to_ms = options.fleet.start_ms + 4 * kHour_ms;
    std::size_t processes = 0;
    for (const BillingRow& row : store.billing(question)) {
      const sim::TrueProcess& process = truth.at(row.group[0]);
      const std::int64_t begin = std::max(process.started_ms, *question.from_ms);
      const std::int64_t end = std::min(process.stopping_ms, *question.to_ms);
      const std::int64_t billable =
          process.never_started ? 0 : std::max<std::int64_t>(0, end - begin);
      INFO(name << ' ' << row.group[0]);
      CHECK(whole(row.billable_ms.lo) <= billable);
      CHECK(billable <= whole(row.billable_ms.hi));
      ++processes;
    }
    for (const EgressRow& row : store.egress(question)) {
      const sim::TrueProcess& process = truth.at(row.group[0]);
      const std::int64_t bytes =
          process.bytes_before(*question.to_ms) - process.bytes_before(*question.from_ms);
      INFO(name << ' ' << row.group[0]);
      CHECK(whole(row.egress_bytes.lo) <= bytes);
      CHECK((row.open_processes > 0 || bytes <= whole(row.egress_bytes.hi)));
    }
    CHECK(processes > 20);
  }
}
