// Laws of what shows where numbers come from: differences sum to what changed, shares to their row,
// and documents that are read again are what they were.

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <map>
#include <random>

#include "sim/adversarial.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/list_archives.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// Stores an adversarial archive, and lists of another, file by file in no order.
std::vector<std::int64_t> fill(const Folder& folder, Store& store, std::uint64_t seed) {
  std::map<std::string, std::string> files;
  for (const auto& document : sim::adversarial_archive(seed)) {
    files[document.file_name] += document.text + '\n';
  }
  for (const test::ListDocument& document : test::list_archives(seed, 1)) {
    if (document.tells_its_time) {
      files["lists/" + std::to_string(files.size()) + ".json"] = document.text;
    }
  }
  std::vector<std::pair<std::string, std::string>> shuffled(files.begin(), files.end());
  std::mt19937_64 random(seed);
  std::shuffle(shuffled.begin(), shuffled.end(), random);
  std::vector<std::int64_t> states{0};
  for (const auto& [name, text] : shuffled) {
    const auto reports = store.ingest({folder.write("archive/" + name, text)});
    states.push_back(states.back() + reports.front().snapshots);
  }
  return states;
}

using Numbers = std::vector<Int128>;

Numbers numbers_of(const Measured& measured) {
  return {measured.billable_ms.point,  measured.billable_ms.lo,     measured.billable_ms.hi,
          measured.egress_bytes.point, measured.egress_bytes.lo,    measured.egress_bytes.hi,
          measured.open_processes,     measured.unmetered_processes};
}

void add(const Measured& measured, Numbers& sum) {
  const Numbers numbers = numbers_of(measured);
  sum.resize(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    sum[i] += numbers[i];
  }
}

std::string text_of(const Numbers& numbers) {
  std::string text;
  for (const Int128 number : numbers) {
    text += to_text(number) + ' ';
  }
  return text;
}

/// What both meters answer, by group, asked one by one.
std::map<std::vector<std::string>, std::string> answers(const Store& store, Question question,
                                                        std::int64_t known_seq) {
  question.known_seq = known_seq;
  std::map<std::vector<std::string>, Measured> all;
  for (const BillingRow& row : store.billing(question)) {
    all[row.group].billable_ms = row.billable_ms;
  }
  for (const EgressRow& row : store.egress(question)) {
    Measured& measured = all[row.group];
    measured.egress_bytes = row.egress_bytes;
    measured.open_processes = row.open_processes;
    measured.unmetered_processes = row.unmetered_processes;
  }
  std::map<std::vector<std::string>, std::string> texts;
  for (const auto& [group, measured] : all) {
    texts[group] = text_of(numbers_of(measured));
  }
  return texts;
}

const std::string kNothing = text_of(numbers_of({}));

std::string at(const std::map<std::vector<std::string>, std::string>& texts,
               const std::vector<std::string>& group) {
  const auto found = texts.find(group);
  return found == texts.end() ? kNothing : found->second;
}

}  // namespace

TEST_CASE("differences are what the two answers are, and sum to what changed", "[diff]") {
  std::size_t changed = 0;
  std::map<ChangeCause, int> causes;
  for (std::uint64_t seed = 300; seed < 308; ++seed) {
    const Folder folder;
    Store store = Store::open_or_create(folder / "store.db");
    const std::vector<std::int64_t> states = fill(folder, store, seed);
    std::mt19937_64 random(seed);
    for (int pair = 0; pair < 6; ++pair) {
      std::int64_t from = states[random() % states.size()];
      std::int64_t to = states[random() % states.size()];
      if (from > to) {
        std::swap(from, to);
      }
      Question question;
      if (pair % 3 != 0) {
        question.by = parse_group_by(pair % 3 == 1 ? "region" : "app,hour");
      }
      INFO("seed " << seed << " from " << from << " to " << to);
      const Difference difference = store.diff(question, {from, {}}, {to, {}});
      const auto before = answers(store, question, from);
      const auto after = answers(store, question, to);
      std::map<std::vector<std::string>, std::pair<Numbers, Numbers>> of_groups;
      Numbers from_total(8);
      Numbers to_total(8);
      for (const ChangedGroup& row : difference.rows) {
        CHECK(text_of(numbers_of(row.change.from)) == at(before, row.group));
        CHECK(text_of(numbers_of(row.change.to)) == at(after, row.group));
        CHECK_FALSE(row.change.from == row.change.to);
        ++changed;
      }
      for (const auto& [group, text] : after) {
        const bool is_told =
            std::any_of(difference.rows.begin(), difference.rows.end(),
                        [&, one = group](const ChangedGroup& row) { return row.group == one; });
        CHECK(is_told == (text != at(before, group)));
      }
      Question each = question;
      each.by.push_back(GroupBy::process);
      const auto before_each = answers(store, each, from);
      const auto after_each = answers(store, each, to);
      for (const ChangedProcess& row : difference.processes) {
        std::vector<std::string> group = row.group;
        group.push_back(row.process_id);
        CHECK(text_of(numbers_of(row.change.from)) == at(before_each, group));
        CHECK(text_of(numbers_of(row.change.to)) == at(after_each, group));
        CHECK_FALSE(row.evidence.empty());
        CHECK(row.from.has_value() == (row.cause != ChangeCause::as_of));
        if (row.from) {
          CHECK(from < row.from->snapshot_seq);
          CHECK(row.from->snapshot_seq <= to);
        }
        add(row.change.from, of_groups[row.group].first);
        add(row.change.to, of_groups[row.group].second);
        ++causes[row.cause];
      }
      for (const ChangedGroup& row : difference.rows) {
        // What did not change is in neither sum, so the differences are compared.
        auto& [sum_from, sum_to] = of_groups[row.group];
        sum_from.resize(8);
        sum_to.resize(8);
        for (std::size_t i = 0; i < 8; ++i) {
          CHECK(to_text(sum_to[i] - sum_from[i]) ==
                to_text(numbers_of(row.change.to)[i] - numbers_of(row.change.from)[i]));
        }
        add(row.change.from, from_total);
        add(row.change.to, to_total);
      }
      Numbers by_cause_from(8);
      Numbers by_cause_to(8);
      for (const CauseOfChange& cause : difference.causes) {
        add(cause.change.from, by_cause_from);
        add(cause.change.to, by_cause_to);
      }
      for (std::size_t i = 0; i < 8; ++i) {
        CHECK(to_text(by_cause_to[i] - by_cause_from[i]) == to_text(to_total[i] - from_total[i]));
      }
    }
  }
  CHECK(changed > 100);
  CHECK(causes.size() == 7);  // each of them came up
}

TEST_CASE("a difference that is told by group has the rows of one that is told by process",
          "[diff]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  const std::vector<std::int64_t> states = fill(folder, store, 301);
  REQUIRE(states.size() > 1);
  const Known from{states.front(), {}};
  Question question;
  question.by = parse_group_by("region");
  const Difference all = store.diff(question, from);
  const Difference groups = store.diff(question, from, {}, DiffDepth::groups);
  REQUIRE(all.rows.size() == groups.rows.size());
  REQUIRE(!groups.rows.empty());
  for (std::size_t i = 0; i < groups.rows.size(); ++i) {
    CHECK(groups.rows[i].group == all.rows[i].group);
    CHECK(groups.rows[i].change.from == all.rows[i].change.from);
    CHECK(groups.rows[i].change.to == all.rows[i].change.to);
  }
  CHECK_FALSE(all.processes.empty());
  CHECK(groups.processes.empty());
  CHECK(groups.causes.empty());
}

TEST_CASE("the earlier state of two is named first", "[diff]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  const std::vector<std::int64_t> states = fill(folder, store, 300);
  CHECK_THROWS_AS(store.diff({}, {states.back(), {}}, {0, {}}), Error);
  CHECK(store.diff({}, {states.back(), {}}).rows.empty());
}

TEST_CASE("the shares of processes sum to the row that they make up", "[shares]") {
  std::size_t told = 0;
  for (std::uint64_t seed = 320; seed < 328; ++seed) {
    const Folder folder;
    Store store = Store::open_or_create(folder / "store.db");
    const std::vector<std::int64_t> states = fill(folder, store, seed);
    Question by_region;
    by_region.by = {GroupBy::region};
    by_region.known_seq = states[seed % states.size()];
    for (const BillingRow& row : store.billing(by_region)) {
      Question question = by_region;
      question.by.clear();
      question.regions = row.group;
      Bounded<Int128> sum;
      const auto shares = store.billing_shares(question);
      for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i].billable_ms;
        CHECK((i == 0 || shares[i - 1].billable_ms.point >= shares[i].billable_ms.point));
      }
      CHECK(sum == row.billable_ms);
      CHECK(static_cast<std::int64_t>(shares.size()) == row.processes);
      told += shares.size();
    }
    for (const EgressRow& row : store.egress(by_region)) {
      Question question = by_region;
      question.by.clear();
      question.regions = row.group;
      Bounded<Int128> sum;
      std::int64_t open = 0;
      std::int64_t unmetered = 0;
      for (const EgressShare& share : store.egress_shares(question)) {
        sum += share.egress_bytes;
        open += share.is_open ? 1 : 0;
        unmetered += share.is_unmetered ? 1 : 0;
      }
      CHECK(sum == row.egress_bytes);
      CHECK(open == row.open_processes);
      CHECK(unmetered == row.unmetered_processes);
    }
    CHECK_THROWS_AS(store.billing_shares(by_region), Error);
  }
  CHECK(told > 100);
}

TEST_CASE("the parts of a curve sum to what its process sent in a window", "[shares]") {
  using Section = EvidencePiece::Section;
  std::int64_t parts = 0;
  std::int64_t steps = 0;
  for (std::uint64_t seed = 340; seed < 346; ++seed) {
    const Folder folder;
    Store store = Store::open_or_create(folder / "store.db");
    fill(folder, store, seed);
    Question by_process;
    by_process.by = {GroupBy::process};
    Question part = by_process;
    part.from_ms = store.status().first_observed_at_ms.value() + 3'600'000;
    part.to_ms = *part.from_ms + 4 * 3'600'000;
    for (const Question& question : {by_process, part}) {
      for (const EgressRow& row : store.egress(question)) {
        Question alone = question;
        alone.by.clear();
        Int128 sum = 0;
        for (const EvidencePiece& piece : store.explain(row.group.front(), alone)) {
          if (piece.section == Section::segment) {
            sum += piece.value.value();
            CHECK(piece.value_lo.value() <= piece.value.value());
            CHECK(piece.value.value() <= piece.value_hi.value());
            parts += 1;
            steps += piece.name == "step at the first reading" ? 1 : 0;
          }
        }
        INFO("seed " << seed << ", process " << row.group.front());
        CHECK(sum == row.egress_bytes.point);
      }
    }
  }
  CHECK(parts > 100);
  CHECK(steps > 5);
}

TEST_CASE("documents are found again, and what was changed in them is named", "[verify]") {
  using Result = VerifiedDocument::Result;
  const auto results = [](const std::vector<VerifiedDocument>& documents) {
    std::map<Result, int> count;
    for (const VerifiedDocument& document : documents) {
      ++count[document.result];
    }
    return count;
  };
  for (std::uint64_t seed = 340; seed < 346; ++seed) {
    INFO("seed " << seed);
    const Folder folder;
    std::vector<std::string> process_ids;
    {
      Store store = Store::open_or_create(folder / "store.db");
      fill(folder, store, seed);
      Table ids;
      store.sql("SELECT process_id FROM process WHERE last_seen_ms IS NOT NULL ORDER BY process_id",
                ids);
      for (const auto& row : ids.rows) {
        process_ids.push_back(std::get<std::string>(row.front()));
      }
      const auto all = store.verify_documents(process_ids, {folder / "archive"});
      CHECK(results(all) == std::map<Result, int>{{Result::holds, static_cast<int>(all.size())}});
      CHECK_FALSE(all.empty());
      CHECK_THROWS_AS(store.verify_documents({"nobody"}, {folder / "archive"}), Error);
      // An archive may be moved, or be only a part.
      std::filesystem::rename(folder / "archive", folder / "moved");
      CHECK(results(store.verify_documents(process_ids, {folder / "moved"}))[Result::holds] ==
            static_cast<int>(all.size()));
      std::filesystem::create_directory(folder / "empty");
      CHECK(results(store.verify_documents(process_ids, {folder / "empty"}))[Result::missing] ==
            static_cast<int>(all.size()));

      // One digit of one counter is another one: of all documents, that one is changed.
      const auto& one = all[seed % all.size()];
      std::string file = one.file;
      file.replace(file.find("/archive/"), 9, "/moved/");
      std::ifstream in(file, std::ios::binary);
      std::string bytes((std::istreambuf_iterator<char>(in)), {});
      const std::size_t begin = static_cast<std::size_t>(one.from.byte_offset);
      const std::size_t digit = bytes.find_first_of("123456789", begin);
      if (bytes[0] == '{' && digit < begin + static_cast<std::size_t>(one.from.byte_length)) {
        bytes[digit] = bytes[digit] == '9' ? '8' : '9';
        std::ofstream(file, std::ios::binary) << bytes;
        const auto after = store.verify_documents(process_ids, {folder / "moved"});
        for (const VerifiedDocument& document : after) {
          const bool is_it = document.from.snapshot_seq == one.from.snapshot_seq;
          CHECK((document.result == Result::holds) == !is_it);
          CHECK(document.note.empty() == !is_it);
        }
        bytes[digit] = bytes[digit] == '9' ? '8' : '9';
      }
    }
  }
}

TEST_CASE("a store that says something else than its archive is contradicted", "[verify]") {
  using Result = VerifiedDocument::Result;
  const Folder folder;
  const std::string file = folder.write(
      "polls/a.json", R"({"observedAt":"2024-11-01T09:00:00Z","processes":[{"processId":"p",)"
                      R"("appId":"a","region":"x","startedAt":"2024-11-01T08:00:00Z",)"
                      R"("egressedBytes":123}]})");
  static_cast<void>(Store::open_or_create(folder / "store.db").ingest({file}));
  {
    SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
    db.exec("UPDATE observation SET egressed_bytes = 124");
  }
  const Store store = Store::open(folder / "store.db");
  const auto documents = store.verify_documents({"p"}, {folder / "polls"});
  REQUIRE(documents.size() == 1);
  CHECK(documents.front().result == Result::contradicted);
  CHECK(documents.front().note == "egressedBytes of p is 123 in the archive and 124 in the store");
}
