#pragma once

namespace fleetmeter::base {

/// A line of a source file. It does what std::source_location does, which clang 14 does not have.
struct Place {
  const char* file;
  unsigned line;

  /// The place of the call, also when the call is a default argument of a function.
  [[nodiscard]] static constexpr Place here(const char* file = __builtin_FILE(),
                                            unsigned line = __builtin_LINE()) {
    return {file, line};
  }
};

/// Throws Error(internal) with the sentence that turned out to be false, and with the place in the
/// source that relies on it.
[[noreturn]] void broken_invariant(const char* sentence, const Place& place);

/// Checks at an edge what the code behind the edge stands on. It is on in every build, so it is for
/// conditions that cost next to nothing there. What a user can bring about is no invariant: that is
/// a reject, or an Error of another kind.
///
///     base::check(count <= size, "a source gives no more than it was asked for");
inline void check(bool holds, const char* sentence, const Place& place = Place::here()) {
  if (!holds) [[unlikely]] {
    broken_invariant(sentence, place);
  }
}

/// The same for what would cost too much, or stands where the program spends its time: `holds` is
/// called only in builds without NDEBUG, which the tests and the fuzzer are.
///
///     base::check_in_tests([&] { return at_ < end_; }, "there is a byte at the place of reading");
template <class Holds>
void check_in_tests([[maybe_unused]] const Holds& holds, [[maybe_unused]] const char* sentence,
                    [[maybe_unused]] const Place& place = Place::here()) {
#ifndef NDEBUG
  check(holds(), sentence, place);
#endif
}

}  // namespace fleetmeter::base
