#pragma once

#include <cstddef>
#include <string_view>

#include "base/invariant.hpp"

namespace fleetmeter::base {

/// A forward reader over a text: every method consumes what it recognises or nothing.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  /// The next character; '\0' at the end.
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  [[nodiscard]] bool at_digit() const { return peek() >= '0' && peek() <= '9'; }
  void skip(std::size_t count) {
    check_in_tests([&] { return count <= rest_.size(); }, "only what is there is passed over");
    rest_.remove_prefix(count);
  }

  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) {
      return false;
    }
    rest_.remove_prefix(word.size());
    return true;
  }

  bool take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `count` digits, or -1.
  int digits(std::size_t count) {
    if (rest_.size() < count) {
      return -1;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') {
        return -1;
      }
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  /// One or more digits read as a fraction of a second: milliseconds, the rest dropped; or -1.
  int fraction_ms() {
    int value = 0;
    int scale = 100;
    std::size_t used = 0;
    for (; used < rest_.size() && rest_[used] >= '0' && rest_[used] <= '9'; ++used) {
      value += scale * (rest_[used] - '0');
      scale /= 10;
    }
    rest_.remove_prefix(used);
    return used == 0 ? -1 : value;
  }

 private:
  std::string_view rest_;
};

}  // namespace fleetmeter::base
