#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "decode/field_table.hpp"
#include "decode/limits.hpp"
#include "decode/known_record.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

class RecordDecoder;

/// Recognises records without decoding them: most say what the same process's record before said,
/// but for the digits of its counter and a few instants and numbers.
///
/// Nothing unchecked is trusted. A record is recognised only when each of its members equals, byte
/// for byte, a member of a record that was decoded without any fault, or is a counter, number,
/// instant, boolean or list of rooms that was read anew by the decoder's own functions; in whatever
/// order the members come. Everything else is left to the decoder. Never changes what comes out.
class RecordMemory {
 public:
  /// `decoder` decodes a list of rooms when only that is new.
  explicit RecordMemory(RecordDecoder& decoder);
  ~RecordMemory();
  RecordMemory(const RecordMemory&) = delete;
  RecordMemory& operator=(const RecordMemory&) = delete;

  struct Recognised {
    std::size_t length = 0;  ///< of the record, in bytes
    bool is_new = false;     ///< more than the counter differs from the one before
    model::Observation observation;
    std::int64_t placeholder_times = 0;  ///< of the record
  };

  /// The record that `ahead` begins with, standing in `outside` brackets, if it is whole, within
  /// the limits and recognised.
  [[nodiscard]] std::optional<Recognised> recognise(std::string_view ahead, unsigned outside,
                                                    const Limits& limits);

  /// Remembers a record that was decoded without any fault. The next one follows it.
  void learn(std::string_view bytes, unsigned outside, const model::Observation& observation);

  /// A document begins: its first record follows no other.
  void begin_document();

 private:
  /// One process has a record for each set of members that it comes with.
  using Known = std::unordered_multimap<std::string_view, std::unique_ptr<KnownRecord>>;
  using Forms = std::pair<Known::const_iterator, Known::const_iterator>;

  [[nodiscard]] Forms find_by_id(std::string_view ahead) const;
  [[nodiscard]] KnownRecord* form_of(KnownRecord& record) const;
  void keep(KnownRecord& record, unsigned outside, const model::Observation& observation);
  void follow(KnownRecord& record);
  [[nodiscard]] bool has_room();

  RecordDecoder& decoder_;
  FieldTable fields_;
  Known known_;            ///< by their ids
  std::size_t bytes_ = 0;  ///< of all known records, roughly
  std::uint64_t document_ = 0;
  std::uint64_t cleared_in_ = 0;
  std::vector<KnownRecord::Node> places_;  ///< of the record compared last
  KnownRecord* previous_ = nullptr;        ///< the record before, in this document
  std::string id_begins_;                  ///< the bytes before the id in the last record learnt
};

}  // namespace fleetmeter::decode
