#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fleetmeter::sim {

/// The same numbers from the same seed on every machine: xoshiro256**, seeded by splitmix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      word = splitmix(seed);
    }
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  /// From 0 to n - 1; n > 0.
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
  }
  /// From lo to hi, both included.
  std::int64_t between(std::int64_t lo, std::int64_t hi) { return lo + below(hi - lo + 1); }
  bool chance(std::int64_t permille) { return below(1000) < permille; }
  std::size_t index(std::size_t size) {
    return static_cast<std::size_t>(below(static_cast<std::int64_t>(size)));
  }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[index(items.size())];
  }
  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[index(i)]);
    }
  }

  /// `length` characters of the alphabet.
  std::string text(std::size_t length, const char* alphabet, std::int64_t alphabet_size) {
    std::string out;
    for (std::size_t i = 0; i < length; ++i) {
      out += alphabet[below(alphabet_size)];
    }
    return out;
  }
  std::string hex(std::size_t length) { return text(length, "0123456789abcdef", 16); }
  std::string uuid() {
    std::string out = hex(32);
    out[12] = '4';
    out[16] = 'a';
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
      out.insert(dash, 1, '-');
    }
    return out;
  }

 private:
  static std::uint64_t rotate(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
  static std::uint64_t splitmix(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }

  std::uint64_t state_[4] = {};
};

}  // namespace fleetmeter::sim
