// Contract tables, handed over bit by bit: what is new since a snapshot, and nothing else.

#include <map>
#include <random>
#include <set>
#include <utility>

#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;

constexpr std::int64_t kHour_ms = 3'600'000;

/// The facts of processes, by their ids, as somebody has them who only takes what is new.
class KeptFacts final : public ContractSink {
 public:
  using Rows = std::map<std::string, std::vector<std::vector<Cell>>>;

  void take(const ContractProcess& row) override {
    came_processes_[row.process_id].push_back(cells_of(row));
    if (row.is_settled) {
      unsettled_.erase(row.process_id);
    } else {
      unsettled_.insert(row.process_id);
    }
  }
  void take(const ContractHour& row) override {
    came_hours_[row.process_id].push_back(cells_of(row));
  }
  void take(const ContractStay& /*row*/) override {}
  void take(const ContractPoll& /*row*/) override {}
  void take(const ContractSnapshot& /*row*/) override {}
  void take(const ContractMeta& row) override { watermark_seq_ = row.watermark_seq; }

  /// How many processes were replaced.
  std::size_t catch_up(const Store& store, const Question& question) {
    ContractGiven given;
    given.after_seq = watermark_seq_;
    given.also = unsettled_;
    store.contract(question, given, *this);
    for (const auto& [id, rows] : came_processes_) {
      processes[id] = rows;
      hours.erase(id);
    }
    hours.merge(came_hours_);
    came_hours_.clear();
    return std::exchange(came_processes_, {}).size();
  }

  Rows processes;
  Rows hours;

 private:
  Rows came_processes_;
  Rows came_hours_;
  std::set<std::string> unsettled_;
  std::int64_t watermark_seq_ = 0;
};

}  // namespace

TEST_CASE("who takes only what is new has what is there at once", "[contract]") {
  // Running lists that come late prove processes gone that nobody observed since.
  std::vector<std::string> documents;
  sim::emit_archive(
      sim::parse_command_line({"--seed", "8", "--hours", "8", "--poll", "300", "--by-region",
                               "--running-only", "--cap10", "--lifetime-minutes", "30"})
          .archive,
      [&](const sim::Document& document) {
        documents.push_back(std::string(document.text) + '\n');
      });
  std::mt19937_64 random(8);
  for (std::size_t i = documents.size(); i > 1; --i) {
    if (random() % 4 == 0) {  // most come in order, so that there is something settled
      std::swap(documents[i - 1], documents[random() % i]);
    }
  }
  const test::Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  IngestOptions options;
  options.list = "running";
  Question question;
  question.max_lifespan_ms = kHour_ms;
  KeptFacts kept;
  std::size_t spared = 0;
  constexpr std::size_t kBatches = 12;
  for (std::size_t batch = 0; batch < kBatches; ++batch) {
    std::string text;
    for (std::size_t i = documents.size() * batch / kBatches;
         i < documents.size() * (batch + 1) / kBatches; ++i) {
      text += documents[i];
    }
    store.ingest({folder.write(std::to_string(batch) + ".ndjson", text)}, options);
    const std::size_t replaced = kept.catch_up(store, question);
    spared += kept.processes.size() - replaced;
    KeptFacts fresh;
    static_cast<void>(fresh.catch_up(store, question));
    INFO("batch " << batch);
    CHECK(kept.processes == fresh.processes);
    CHECK(kept.hours == fresh.hours);
  }
  CHECK(spared > 0);
}
