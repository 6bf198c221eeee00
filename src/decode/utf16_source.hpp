#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "decode/byte_source.hpp"

namespace fleetmeter::decode {

/// Turns the UTF-16 of another source into UTF-8. What is no character there (a lone surrogate,
/// half a unit at the end) becomes bytes that are no UTF-8 either, so that it is
/// refused where it stands.
class Utf16Source final : public ByteSource {
 public:
  enum class Order { little_endian, big_endian };

  Utf16Source(std::unique_ptr<ByteSource> inner, Order order);

  std::size_t read(char* into, std::size_t size) override;
  [[nodiscard]] const char* encoding() const override { return inner_->encoding(); }
  [[nodiscard]] std::string note() const override { return inner_->note(); }

 private:
  void take(std::string_view bytes, bool is_last);
  void put(unsigned unit);

  std::unique_ptr<ByteSource> inner_;
  Order order_;
  std::string half_;       ///< a byte that waits for its other half
  unsigned high_ = 0;      ///< a high surrogate that waits for its low one
  std::string out_;        ///< as UTF-8
  std::size_t given_ = 0;  ///< how much of it was given
};

/// In which order a text that begins so has the bytes of UTF-16: told by its mark, or by the zeros
/// of two characters of ASCII, of which UTF-8 has none.
[[nodiscard]] std::optional<Utf16Source::Order> utf16_order(std::string_view bytes);

/// Gives the bytes of `inner` as UTF-8: those of UTF-16, when a byte order mark at the beginning or
/// the zeros of its first two characters say that they are, else the bytes as they are.
[[nodiscard]] std::unique_ptr<ByteSource> as_utf8(std::unique_ptr<ByteSource> inner);

}  // namespace fleetmeter::decode
