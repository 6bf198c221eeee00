#include "prune/prune.hpp"

#include <optional>
#include <set>

#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "prune/pruned_file.hpp"
#include "rollup/account.hpp"
#include "seal/figures.hpp"
#include "seal/header.hpp"
#include "seal/verify.hpp"
#include "store/connection.hpp"
#include "store/control_sums.hpp"
#include "store/reader.hpp"
#include "store/seals.hpp"

namespace fleetmeter::prune {

namespace {

namespace ask = store::ask;
namespace ingest = store::ingest;

using Prunable = ask::ListPrunable::Out;

/// Which processes seals are worked out from one by one: those that are known otherwise by now, and
/// those that were there at an end of a sealed month or when a price changed in it.
class SealedNeeds {
 public:
  explicit SealedNeeds(SQLite::Database& db) : seals_(store::seals_in(db)) {
    store::Queries queries(db);
    for (const store::StoredSeal& seal : seals_) {
      const seal::Header header = seal::read_header(seal.lines.at(0));
      for (const std::int64_t at_ms : seal::bounds_of(header, db)) {
        add_bound(at_ms);
      }
      const store::Hindsight hindsight(queries, seal.known_seq);
      changed_.insert(hindsight.changed().begin(), hindsight.changed().end());
    }
  }

  [[nodiscard]] bool include(const Prunable& process) const {
    const auto bound = bounds_ms_.upper_bound(process.from_ms);
    return changed_.contains(process.process_key) ||
           (bound != bounds_ms_.end() && *bound < process.to_ms);
  }

  /// Throws when one of the seals cannot be worked out, or comes out otherwise: `what` says when.
  void expect_all(SQLite::Database& db, const char* what) const {
    for (std::size_t number = 0; number < seals_.size(); ++number) {
      const SealFinding found = seal::verify(seals_, number, {}, db).front();
      if (found.status != SealFinding::Status::ok) {
        throw Error(ErrorKind::usage, "prune: the seal of " + seals_[number].month + what +
                                          ", so nothing is pruned: " + found.place.value_or("") +
                                          ": " + found.found.value_or("nothing"));
      }
    }
  }

 private:
  /// Between a bound and the whole hours beside it there are no sums.
  void add_bound(std::int64_t at_ms) {
    const std::int64_t hour_ms = rollup::floor_div(at_ms, rollup::kHour_ms) * rollup::kHour_ms;
    bounds_ms_.insert({at_ms, hour_ms});
    if (hour_ms != at_ms) {
      bounds_ms_.insert(hour_ms + rollup::kHour_ms);
    }
  }

  std::vector<store::StoredSeal> seals_;
  std::set<std::int64_t> bounds_ms_;
  std::set<std::int64_t> changed_;
};

void expect_known(std::int64_t before_ms, SQLite::Database& db) {
  const model::Instant latest_ms = store::Reader(db, std::nullopt).span().latest_observed_ms;
  if (latest_ms && before_ms > *latest_ms) {
    throw Error(ErrorKind::usage, "prune: nothing is known after " + base::format_utc(*latest_ms) +
                                      ", so nobody can tell what is over before " +
                                      base::format_utc(before_ms));
  }
}

/// The processes whose observations can go; counts the others. They were over an hour before: what
/// an instant holds is worked out from the nearest whole hour, which may lie before it.
std::vector<Prunable> choose(const SealedNeeds& sealed, SQLite::Database& db, Pruning& done) {
  std::vector<Prunable> chosen;
  store::Query<ask::ListPrunable> all(db);
  for (const Prunable& row : all.rows({.before_ms = done.before_ms - rollup::kHour_ms,
                             .longest_life_ms = rollup::kMaxLifespan_ms})) {
    if (row.has_end == 0) {
      done.kept_unended += 1;
    } else if (row.is_over == 0) {
      done.kept_reaching += 1;
    } else if (sealed.include(row)) {
      done.kept_for_seals += 1;
    } else {
      chosen.push_back(row);
    }
  }
  return chosen;
}

/// What came back from a file.
struct ReadBack {
  std::int64_t processes = 0;
  std::int64_t observations = 0;
  std::uint64_t bytes = 0;  ///< the sum of the counters, modulo 2^64
};

/// An observation as the store has it.
ingest::AddObservation::In stored(std::int64_t process_key, const store::MovedObservation& row) {
  return {.process_key = process_key,
          .snapshot_seq = row.snapshot_seq,
          .restated_attribute_no = store::restated_attribute_no(row),
          .egressed_bytes = row.egressed_bytes,
          .activity_no = row.activity_no};
}

/// Throws when more or fewer observations of a process leave the store than are in the file.
void expect_as_many(const ingest::AddPrunedProcess::In& place, std::int64_t removed) {
  if (removed != place.row_count) {
    throw Error(ErrorKind::data, "prune: of the " + std::to_string(removed) +
                                     " observations of the process of key " +
                                     std::to_string(place.process_key) + ", " +
                                     std::to_string(place.row_count) +
                                     " can be read, so nothing is pruned; check tells more");
  }
}

/// Copies the observations of processes to a file, and then takes them out of the store.
void move(const std::vector<Prunable>& processes, const std::string& folder, std::int64_t now_ms,
          SQLite::Database& db, Pruning& done) {
  FileBeingMade file(folder);
  const std::int64_t pruned_seq = store::Query<ask::PrunedTotal>(db).first().value().last_seq + 1;
  std::vector<ingest::AddPrunedProcess::In> places;
  std::uint64_t bytes_sum = 0;
  store::Query<ask::ListSaidOf> moved(db);
  store::ControlSums sums(db);
  for (const Prunable& process : processes) {
    const std::int64_t first_row = done.observations;
    for (const auto& row : moved.rows({.process_key = process.process_key})) {
      file.add(process.process_id, row);
      sums.of("observation").remove<ingest::AddObservation>(stored(process.process_key, row));
      bytes_sum += static_cast<std::uint64_t>(row.egressed_bytes.value_or(0));
      done.observations += 1;
    }
    places.push_back({.process_key = process.process_key,
                      .pruned_seq = pruned_seq,
                      .first_row = first_row,
                      .row_count = done.observations - first_row});
  }
  const FileBeingMade::Made made = file.put();
  done.file = name_of(base::as_bytes(made.sha256));
  done.file_bytes = made.bytes;
  done.processes = std::ssize(processes);
  store::Query<ingest::AddPrunedFile> add_file(db);
  sums.of("pruned_file")
      .run(add_file, {.pruned_seq = pruned_seq,
                      .sha256 = {base::as_bytes(made.sha256)},
                      .byte_length = made.bytes,
                      .before_ms = done.before_ms,
                      .process_count = done.processes,
                      .observation_count = done.observations,
                      .egressed_bytes_sum = static_cast<std::int64_t>(bytes_sum),
                      .pruned_at_ms = now_ms});
  store::Query<ingest::AddPrunedProcess> add(db);
  store::Query<ingest::RemoveObservations> remove(db);
  for (const ingest::AddPrunedProcess::In& place : places) {
    sums.of("pruned_process").run(add, place);
    remove.run({.process_key = place.process_key});
    expect_as_many(place, db.getChanges());
  }
  sums.flush();
}

/// Adds the observations of a process to the store again, and to the sums of what came back.
void add_again(const ask::ListPrunedProcesses::Out& process, PrunedFile& file,
               store::Query<ingest::AddObservation>& add, store::ControlSum& sum, ReadBack& back) {
  for (const store::MovedObservation& row :
       file.rows(process.process_id, process.first_row, process.row_count)) {
    sum.run(add, stored(process.process_key, row));
    back.bytes += static_cast<std::uint64_t>(row.egressed_bytes.value_or(0));
    back.observations += 1;
  }
  back.processes += 1;
}

/// Throws when what came back from a file is not all that is recorded of it.
void expect_all_of(const ask::ListPrunedFiles::Out& file, const ReadBack& back) {
  if (back.processes != file.process_count || back.observations != file.observation_count ||
      static_cast<std::int64_t>(back.bytes) != file.egressed_bytes_sum) {
    throw Error(ErrorKind::data, name_of(file.sha256) +
                                     ": the store does not say of all its rows which processes " +
                                     "they are of, so nothing is put back; check tells more");
  }
}

}  // namespace

Pruning move_to_file(const PruneRequest& request, std::int64_t now_ms, SQLite::Database& db) {
  expect_known(request.before_ms, db);
  Pruning done;
  done.before_ms = request.before_ms;
  const SealedNeeds sealed(db);
  const std::vector<Prunable> chosen = choose(sealed, db, done);
  if (!chosen.empty()) {
    sealed.expect_all(db, " does not come out as it is");
    move(chosen, request.folder, now_ms, db, done);
    sealed.expect_all(db, " would not come out again");
  }
  return done;
}

std::vector<Unpruning> put_back(const std::string& folder, SQLite::Database& db) {
  std::vector<Unpruning> all;
  std::vector<ask::ListPrunedFiles::Out> files;
  store::Query<ask::ListPrunedFiles> listed(db);
  for (const auto& row : listed.rows()) {
    files.push_back(row);
  }
  store::Query<ask::ListPrunedProcesses> processes(db);
  store::Query<ingest::AddObservation> add(db);
  store::ControlSums sums(db);
  for (const auto& file : files) {
    PrunedFile read(folder, file.sha256, file.byte_length);
    ReadBack back;
    for (const auto& process : processes.rows({.pruned_seq = file.pruned_seq})) {
      add_again(process, read, add, sums.of("observation"), back);
    }
    expect_all_of(file, back);
    store::Query<ingest::RemovePrunedProcesses>(db).run({.pruned_seq = file.pruned_seq});
    store::Query<ingest::RemovePrunedFile>(db).run({.pruned_seq = file.pruned_seq});
    all.push_back({name_of(file.sha256), file.process_count, file.observation_count});
  }
  sums.flush();
  store::Query<ingest::RemoveControlSum> emptied(db);
  emptied.run({.table_name = "pruned_file"});
  emptied.run({.table_name = "pruned_process"});
  return all;
}

}  // namespace fleetmeter::prune
