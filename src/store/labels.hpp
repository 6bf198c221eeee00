#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "normalise/rows.hpp"
#include "store/control_sums.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Lets maps keyed by text be asked with a view of one.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// The label table while writing: known texts are looked up in memory, new ones are written.
class Labels final : public normalise::LabelKeys {
 public:
  Labels(SQLite::Database& db, ControlSums& sums);

  using normalise::LabelKeys::key_of;
  [[nodiscard]] normalise::Key key_of(std::string_view label) override;

  /// Forgets what memory holds, because the store changed beneath it.
  void forget() {
    known_.clear();
    known_bytes_ = 0;
  }

 private:
  SQLite::Database& db_;
  Query<ingest::FindLabel> find_;
  Query<ingest::AddLabel> add_;
  ControlSum& sum_;
  TextMap<normalise::Key> known_;
  std::size_t known_bytes_ = 0;
};

}  // namespace fleetmeter::store
