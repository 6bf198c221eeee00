#include "decode/utf16_source.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kBlock = 64 * 1024;
constexpr std::size_t kHead = 4;  // the bytes that tell how a text is written

bool is_high(unsigned unit) {
  return (unit & 0xFC00U) == 0xD800U;
}
bool is_low(unsigned unit) {
  return (unit & 0xFC00U) == 0xDC00U;
}

/// Gives a few bytes that were read already, then the rest of their source.
class Reread final : public ByteSource {
 public:
  Reread(std::string head, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = head_.copy(into, size);
    head_.erase(0, count);
    return count > 0 ? count : rest_->read(into, size);
  }
  [[nodiscard]] const char* encoding() const override { return rest_->encoding(); }
  [[nodiscard]] std::string note() const override { return rest_->note(); }

 private:
  std::string head_;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace

std::optional<Utf16Source::Order> utf16_order(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kHead);
  if (head.starts_with("\xFE\xFF")) {
    return Utf16Source::Order::big_endian;
  }
  if (head.starts_with("\xFF\xFE")) {
    return head.substr(2) == std::string_view("\0\0", 2)
               ? std::nullopt
               : std::optional(Utf16Source::Order::little_endian);
  }
  std::array<bool, kHead> is_zero{};
  for (std::size_t i = 0; i < head.size(); ++i) {
    is_zero[i] = head[i] == '\0';
  }
  if (is_zero == std::array{false, true, false, true}) {
    return Utf16Source::Order::little_endian;
  }
  if (is_zero == std::array{true, false, true, false}) {
    return Utf16Source::Order::big_endian;
  }
  return std::nullopt;
}

Utf16Source::Utf16Source(std::unique_ptr<ByteSource> inner, Order order)
    : inner_(std::move(inner)), order_(order) {}

std::size_t Utf16Source::read(char* into, std::size_t size) {
  std::array<char, kBlock> block;
  while (given_ == out_.size()) {
    out_.clear();
    given_ = 0;
    const std::size_t count = inner_->read(block.data(), block.size());
    take({block.data(), count}, count == 0);
    if (count == 0 && out_.empty()) {
      return 0;
    }
  }
  const std::size_t count = out_.copy(into, size, given_);
  given_ += count;
  return count;
}

void Utf16Source::take(std::string_view bytes, bool is_last) {
  for (const char byte : bytes) {
    half_ += byte;
    if (half_.size() == 2) {
      const auto first = static_cast<unsigned char>(half_[0]);
      const auto second = static_cast<unsigned char>(half_[1]);
      half_.clear();
      put(order_ == Order::little_endian ? first | second << 8U : first << 8U | second);
    }
  }
  if (is_last && high_ != 0) {
    base::append_utf8(std::exchange(high_, 0), out_);
  }
  if (is_last && !half_.empty()) {
    half_.clear();
    out_ += '\xFF';
  }
}

void Utf16Source::put(unsigned unit) {
  const unsigned high = std::exchange(high_, 0);
  if (high != 0 && is_low(unit)) {
    base::append_utf8(0x10000U + ((high & 0x3FFU) << 10U) + (unit & 0x3FFU), out_);
    return;
  }
  if (high != 0) {
    base::append_utf8(high, out_);
  }
  if (is_high(unit)) {
    high_ = unit;
  } else {
    base::append_utf8(unit, out_);
  }
}

std::unique_ptr<ByteSource> as_utf8(std::unique_ptr<ByteSource> inner) {
  std::string head(kHead, '\0');
  std::size_t got = 0;
  while (got < head.size()) {
    const std::size_t more = inner->read(head.data() + got, head.size() - got);
    if (more == 0) {
      break;
    }
    got += more;
  }
  head.resize(got);
  const auto order = utf16_order(head);
  const bool has_mark = order && static_cast<unsigned char>(head[0]) >= 0xFE;
  auto rest = std::make_unique<Reread>(head.substr(has_mark ? 2 : 0), std::move(inner));
  if (!order) {
    return rest;
  }
  return std::make_unique<Utf16Source>(std::move(rest), *order);
}

}  // namespace fleetmeter::decode
