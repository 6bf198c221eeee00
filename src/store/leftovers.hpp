#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/sha256.hpp"
#include "model/document.hpp"
#include "store/control_sums.hpp"
#include "store/query.hpp"
#include "store/source_writer.hpp"
#include "store/write_counts.hpp"

namespace fleetmeter::store {

/// Records with something wrong: one record may have several rejects, which stand together.
[[nodiscard]] std::int64_t count_rejected(const model::DocumentPart& part);

/// Writes what documents hold that is not processes or rooms: rejects with their bytes, and vendor
/// objects that are set aside. Saying the same again adds nothing.
class Leftovers {
 public:
  /// What is written names the source that `source` has now.
  Leftovers(SQLite::Database& db, ControlSums& sums, SourceWriter& source);

  void begin_run();
  void begin_source();
  /// Of a source with very many rejects only the first are stored; the others are one row that says
  /// how many they are. Until the source ends it is not known whether an earlier run said the same
  /// number, so they are taken for known. Gives how many of them turn out to be new.
  std::int64_t end_source();
  [[nodiscard]] std::int64_t left_out() const { return left_out_; }

  /// With the snapshot they stand in; without one, the document as a whole gave nothing. What was
  /// rejected already is not written again. False when an earlier run rejected it.
  bool write_rejects(const model::DocumentPart& part, std::optional<std::int64_t> snapshot_seq);
  /// Records of a stored document that were refused: one reject tells of them, and which document
  /// it is, so that they can be taken up. However many documents there are, each has its own.
  void write_refused(const model::DocumentHead& head, const DocumentTally& tally,
                     std::int64_t snapshot_seq);
  /// The faults of a document that is stored with them already: they count, and are not written.
  void pass_over(const model::DocumentPart& part) {
    told_ += static_cast<std::int64_t>(part.rejects.size());
  }
  void write_set_aside(const model::DocumentPart& part);

 private:
  using Digest = std::optional<sql::Blob>;
  using Places = std::unordered_map<std::int64_t, std::int64_t>;

  /// How many faults of this source earlier runs told as a number.
  [[nodiscard]] std::int64_t count_flood_before();
  /// The reject of a document that gave nothing; absent when there is none.
  [[nodiscard]] std::optional<std::int64_t> reject_of(const model::DocumentPart& part);
  /// Where earlier runs, or earlier documents of this one, rejected these bytes in the source.
  const Places& places_of(const base::Sha256& digest);
  void write_reject(const model::Reject& reject, std::optional<std::int64_t> snapshot_seq,
                    const Digest& document_sha256);
  void write_row(const model::Reject& reject, std::optional<std::int64_t> snapshot_seq,
                 const Digest& document_sha256);

  SQLite::Database& db_;
  ControlSum& rejects_;
  ControlSum& set_aside_;
  SourceWriter& source_;
  std::int64_t last_key_before_ = 0;         ///< of the rejects of earlier runs
  std::int64_t flood_before_ = 0;            ///< faults that earlier runs told as a number
  std::int64_t told_ = 0;                    ///< of its faults, in this run or before
  std::int64_t left_out_ = 0;                ///< of its faults, those that are only counted
  std::map<base::Sha256, Places> rejected_;  ///< of the source: keys of rejects by their offset
  Query<ingest::AddReject> add_reject_;
  Query<ingest::ListRejectedPlaces> list_rejected_;
  Query<ingest::LastRejectKey> last_key_;
  Query<ingest::FindFlood> find_flood_;
  Query<ingest::FindSetAside> find_set_aside_;
  Query<ingest::AddSetAside> add_set_aside_;
};

}  // namespace fleetmeter::store
