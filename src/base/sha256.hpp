#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fleetmeter::base {

using Sha256 = std::array<unsigned char, 32>;

/// SHA-256 of bytes that arrive in pieces.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  void update(std::string_view bytes);

  /// The digest of everything since construction or the last finish(), and starts anew.
  [[nodiscard]] Sha256 finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// The bytes of which to_base64 makes just this text; nothing when it makes it of none.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
/// Bytes as a digest; nothing when they are not as many.
[[nodiscard]] std::optional<Sha256> as_sha256(std::string_view bytes);
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string_view as_bytes(const Sha256& digest);

}  // namespace fleetmeter::base
