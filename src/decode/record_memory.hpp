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
#include "decode/known_record.hpp"
#include "decode/limits.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

class RecordDecoder;

/// Recognises records without decoding them. Most say what the record before said of the same
/// process, but for the digits of its counter and a few instants and numbers.
///
/// Nothing unchecked is trusted. Each member of a record that is recognised equals, byte for byte,
/// a member of a record that was decoded without any fault; or it is a counter, a number, an
/// instant, a boolean or a list of rooms, and was read anew by the decoder's own functions. The
/// members may come in any order. Everything else is left to the decoder, so what comes out is
/// always the same.
class RecordMemory {
 public:
  /// `decoder` decodes a list of rooms when only that is new.
  explicit RecordMemory(RecordDecoder& decoder);
  ~RecordMemory();
  RecordMemory(const RecordMemory&) = delete;
  RecordMemory& operator=(const RecordMemory&) = delete;

  struct Recognised {
    std::size_t length = 0;  ///< of the record, in bytes
    bool is_new = false;     ///< more than the counter differs from the record before
    model::Observation observation;
    std::int64_t placeholder_times = 0;  ///< how many of the record's times mean none
  };

  /// The record that `ahead` begins with, if all of it is at hand, it is within the limits and it
  /// is recognised. It stands in `outside` brackets.
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
  Known known_;                   ///< by their ids
  std::size_t bytes_ = 0;         ///< of all known records, roughly
  std::uint64_t document_ = 0;    ///< how many documents have begun
  std::uint64_t cleared_in_ = 0;  ///< the document in which finished processes were forgotten last
  std::vector<KnownRecord::Node> places_;  ///< where the members of the last record compared stand
  KnownRecord* previous_ = nullptr;        ///< the record before, in this document
  std::string id_begins_;                  ///< the bytes before the id in the last record learnt
};

}  // namespace fleetmeter::decode
