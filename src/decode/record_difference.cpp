// How a record is compared with a known one: long equal runs at once, then the member that differs.

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/invariant.hpp"
#include "decode/json_bytes.hpp"
#include "decode/known_record.hpp"
#include "decode/number.hpp"
#include "decode/object_reader.hpp"
#include "decode/record_change.hpp"
#include "decode/record_decoder.hpp"
#include "decode/value_reader.hpp"

namespace fleetmeter::decode {

namespace {

using Node = KnownRecord::Node;

constexpr std::size_t kLongestScalar = 64;

/// How many of the first `size` bytes are equal.
std::size_t equal_run(const char* a, const char* b, std::size_t size) {
  std::size_t i = 0;
#if defined(__SSE2__)
  for (; i + 16 <= size; i += 16) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i));
    const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i));
    const auto equal = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(x, y)));
    if (equal != 0xFFFFU) {
      return i + static_cast<std::size_t>(std::countr_one(equal));
    }
  }
#endif
  if constexpr (std::endian::native == std::endian::little) {
    for (std::uint64_t x = 0, y = 0; i + 8 <= size; i += 8) {
      std::memcpy(&x, a + i, 8);
      std::memcpy(&y, b + i, 8);
      if (x != y) {
        return i + static_cast<std::size_t>(std::countr_zero(x ^ y)) / 8;
      }
    }
  }
  while (i < size && a[i] == b[i]) {
    ++i;
  }
  return i;
}

/// Walks over a record beside a known one. Every step is false when the record is not recognised.
class Comparison {
 public:
  Comparison(KnownRecord& known, std::string_view ahead, RecordDecoder& decoder, unsigned deepest,
             std::vector<Node>& places)
      : known_(known),
        ahead_(ahead),
        decoder_(decoder),
        deepest_(deepest),
        places_(places),
        change_(*known.observation.record) {}

  [[nodiscard]] bool record() { return counter_only() || every_member(); }
  [[nodiscard]] Difference take() {
    out_.length = at_;
    out_.changed = change_.take();
    return std::move(out_);
  }

 private:
  [[nodiscard]] char here() const { return at_ < ahead_.size() ? ahead_[at_] : '\0'; }
  void skip_blank() {
    while (here() == ' ' || here() == '\t' || here() == '\r') {
      ++at_;
    }
  }
  [[nodiscard]] bool counter_only();
  [[nodiscard]] bool every_member();
  [[nodiscard]] bool pass_equal_members();
  [[nodiscard]] bool next_member();
  void note(const Node& known, std::size_t key_begin, std::size_t value_begin,
            std::size_t value_size);
  [[nodiscard]] bool mark(std::size_t child);
  [[nodiscard]] bool enter_member(int& member);
  [[nodiscard]] bool after_value(char close, bool& ended);
  [[nodiscard]] bool quoted(std::string_view& out);
  [[nodiscard]] bool same_value(std::size_t node);
  [[nodiscard]] bool same_inside(std::size_t node);
  [[nodiscard]] bool same_members(std::size_t first, std::size_t count);
  [[nodiscard]] bool same_elements(std::size_t first, std::size_t count);
  [[nodiscard]] bool read_anew(const Node& node);
  [[nodiscard]] bool read_rooms();
  [[nodiscard]] bool read_counter(std::string_view token);
  [[nodiscard]] std::string_view scalar() const;

  KnownRecord& known_;
  std::string_view ahead_;
  RecordDecoder& decoder_;
  unsigned deepest_;
  std::size_t at_ = 0;
  std::size_t expected_ = 0;   ///< the member that would come next in the known record's order
  std::uint64_t seen_ = 0;     ///< members met, one bit each
  std::vector<Node>& places_;  ///< where they stand here
  Difference out_;
  RecordChange change_;
};

/// Whether only the digits of the counter differ, as they mostly do: two runs are equal.
bool Comparison::counter_only() {
  out_.egressed_bytes = known_.observation.egressed_bytes;
  if (known_.counter < 0) {
    return false;
  }
  const Node& counter = known_.nodes[static_cast<std::size_t>(known_.counter)];
  const std::string_view bytes = known_.bytes;
  const std::string_view behind = bytes.substr(counter.value_begin + counter.value_size);
  if (!ahead_.starts_with(bytes.substr(0, counter.value_begin))) {
    return false;
  }
  at_ = counter.value_begin;
  const std::string_view token = scalar();
  if (!ahead_.substr(at_ + token.size()).starts_with(behind) || !read_counter(token)) {
    at_ = 0;
    return false;
  }
  at_ += token.size() + behind.size();
  return true;
}

bool Comparison::every_member() {
  if (here() != '{' || known_.member_count == 0) {
    return false;
  }
  places_.clear();
  out_.egressed_bytes = known_.observation.egressed_bytes;
  ++at_;
  skip_blank();
  for (bool ended = false; !ended;) {
    const std::uint64_t seen_before = seen_;
    if (!pass_equal_members() || (seen_ == seen_before && !next_member()) ||
        !after_value('}', ended)) {
      return false;
    }
  }
  return places_.size() == known_.member_count;
}

/// Goes on while members are equal and in the known order, to the end of the last such value.
bool Comparison::pass_equal_members() {
  if (expected_ >= known_.member_count) {
    return true;
  }
  const std::size_t from = known_.nodes[expected_].key_begin;
  const std::size_t run = equal_run(ahead_.data() + at_, known_.bytes.data() + from,
                                    std::min(ahead_.size() - at_, known_.bytes.size() - from));
  std::size_t passed = 0;
  while (expected_ < known_.member_count) {
    const Node& node = known_.nodes[expected_];
    const std::size_t end = node.value_begin + node.value_size - from;
    if (end >= run) {
      break;  // what follows a value must be equal too: a number may go on
    }
    if (!mark(expected_)) {
      return false;
    }
    note(node, at_ + node.key_begin - from, at_ + node.value_begin - from, node.value_size);
    ++expected_;
    passed = end;
  }
  at_ += passed;
  return true;
}

/// Takes a member that does not simply follow: another one, or with another value.
bool Comparison::next_member() {
  const std::size_t key_begin = at_;
  int member = -1;
  if (!enter_member(member) || !mark(static_cast<std::size_t>(member))) {
    return false;
  }
  const auto index = static_cast<std::size_t>(member);
  const std::size_t value_begin = at_;
  if (!same_value(index) && !read_anew(known_.nodes[index])) {
    return false;
  }
  note(known_.nodes[index], key_begin, value_begin, at_ - value_begin);
  expected_ = index + 1;
  return true;
}

void Comparison::note(const Node& known, std::size_t key_begin, std::size_t value_begin,
                      std::size_t value_size) {
  Node& node = places_.emplace_back();
  node.key_begin = static_cast<std::uint16_t>(key_begin);
  node.key_size = known.key_size;
  node.value_begin = static_cast<std::uint16_t>(value_begin);
  node.value_size = static_cast<std::uint16_t>(value_size);
  node.field = known.field;
}

bool Comparison::mark(std::size_t child) {
  base::check_in_tests([&] { return child < KnownRecord::kMostChildren; },
                       "a member that was met has its bit");
  const std::uint64_t bit = std::uint64_t{1} << child;
  const bool is_new = (seen_ & bit) == 0;
  seen_ |= bit;
  return is_new;
}

/// Reads a member's name and goes to its value.
bool Comparison::enter_member(int& member) {
  std::string_view name;
  if (!quoted(name)) {
    return false;
  }
  const bool is_next =
      expected_ < known_.member_count && known_.key(known_.nodes[expected_]) == name;
  member = is_next ? static_cast<int>(expected_) : known_.find_member(name);
  skip_blank();
  if (member < 0 || here() != ':') {
    return false;
  }
  ++at_;
  skip_blank();
  return true;
}

/// Behind a value: a comma and the next member or element, or the end.
bool Comparison::after_value(char close, bool& ended) {
  skip_blank();
  ended = here() == close;
  if (!ended && here() != ',') {
    return false;
  }
  ++at_;
  if (!ended) {
    skip_blank();
  }
  return true;
}

/// A text in quotes, without looking into escapes: it serves only to be compared.
bool Comparison::quoted(std::string_view& out) {
  if (here() != '"') {
    return false;
  }
  const char* const end = ahead_.data() + ahead_.size();
  const char* const begin = ahead_.data() + at_;
  const char* stop = skip_string_run(begin + 1, end);
  while (stop + 1 < end && *stop == '\\') {
    stop = skip_string_run(stop + 2, end);
  }
  if (stop >= end || *stop != '"') {
    return false;
  }
  out = {begin, static_cast<std::size_t>(stop - begin) + 1};
  at_ += out.size();
  return true;
}

/// Whether the value that begins here says what a known value says: the same bytes, or, for
/// objects, the same members in another order.
bool Comparison::same_value(std::size_t node) {
  const std::string_view value = known_.value(known_.nodes[node]);
  if (ahead_.substr(at_, value.size()) != value) {
    return same_inside(node);
  }
  at_ += value.size();
  const char next = here();
  if (next == ',' || next == '}' || next == ']' || next == ' ' || next == '\t' || next == '\r') {
    return true;
  }
  at_ -= value.size();  // a number that goes on
  return false;
}

bool Comparison::same_inside(std::size_t node) {
  const char first = known_.value(known_.nodes[node]).front();
  if (here() != first || (first != '{' && first != '[') || !known_.open(node)) {
    return false;
  }
  const std::size_t child = known_.nodes[node].first_child;
  const std::size_t count = known_.nodes[node].child_count;
  const std::size_t from = at_;
  const bool same = first == '{' ? same_members(child, count) : same_elements(child, count);
  at_ = same ? at_ : from;  // another list of rooms is read from its beginning
  return same;
}

bool Comparison::same_members(std::size_t first, std::size_t count) {
  ++at_;
  skip_blank();
  std::uint64_t seen = 0;
  std::size_t met = 0;
  for (bool ended = false; !ended; ++met) {
    std::string_view name;
    if (!quoted(name)) {
      return false;
    }
    std::size_t child = 0;
    while (child < count && known_.key(known_.nodes[first + child]) != name) {
      ++child;
    }
    skip_blank();
    if (child == count || (seen >> child & 1U) != 0 || here() != ':') {
      return false;
    }
    seen |= std::uint64_t{1} << child;
    ++at_;
    skip_blank();
    if (!same_value(first + child) || !after_value('}', ended)) {
      return false;
    }
  }
  return met == count;
}

bool Comparison::same_elements(std::size_t first, std::size_t count) {
  ++at_;
  skip_blank();
  std::size_t met = 0;
  for (bool ended = false; !ended; ++met) {
    if (met == count || !same_value(first + met) || !after_value(']', ended)) {
      return false;
    }
  }
  return met == count;
}

/// The token of a scalar that begins here; "" when it does not end at hand.
std::string_view Comparison::scalar() const {
  const std::string_view rest = ahead_.substr(at_, kLongestScalar);
  if (here() == '"') {
    return rest.substr(0, rest.find('"', 1) + 1);
  }
  const auto* const end = std::find_if(rest.begin(), rest.end(), [](char c) {
    return c == ',' || c == '}' || c == ' ' || c == '\t' || c == '\r';
  });
  const auto size = static_cast<std::size_t>(end - rest.begin());
  return size == rest.size() ? std::string_view() : rest.substr(0, size);
}

/// Reads a value that differs: the list of rooms, or one that needs no more than a look.
bool Comparison::read_anew(const Node& node) {
  if (node.field == static_cast<int>(ProcessField::rooms)) {
    return read_rooms();
  }
  const std::string_view token = scalar();
  if (token.empty() || node.field == FieldTable::kUnknown) {
    return false;
  }
  const ProcessField field{node.field};
  const bool is_read = field == ProcessField::egressed_bytes
                           ? read_counter(token)
                           : change_.read(field, token, known_.value(node));
  if (!is_read) {
    return false;
  }
  at_ += token.size();
  return true;
}

bool Comparison::read_rooms() {
  const std::size_t length = here() == '[' ? bracketed_length(ahead_.substr(at_), deepest_) : 0;
  auto list = length == 0 ? nullptr : decoder_.decode_rooms(ahead_.substr(at_, length));
  if (!list) {
    return false;
  }
  change_.list_rooms(std::move(list));
  at_ += length;
  return true;
}

bool Comparison::read_counter(std::string_view token) {
  if (token == "null") {
    out_.egressed_bytes.reset();
    return true;
  }
  out_.egressed_bytes = parse_integer(token).value;
  return out_.egressed_bytes && *out_.egressed_bytes >= model::kLowestReading;
}

}  // namespace

std::optional<Difference> compare(KnownRecord& known, std::string_view ahead,
                                  RecordDecoder& decoder, unsigned deepest,
                                  std::vector<KnownRecord::Node>& places) {
  Comparison comparison(known, ahead, decoder, deepest, places);
  return comparison.record() ? std::optional(comparison.take()) : std::nullopt;
}

}  // namespace fleetmeter::decode
