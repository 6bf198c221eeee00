#pragma once

#include <memory>
#include <string>
#include <vector>

#include "decode/byte_source.hpp"
#include "decode/packed_bytes.hpp"
#include "decode/unpacker.hpp"

namespace fleetmeter::decode {

/// Gives what a packed file holds, member by member: gzip's members, or zstd's frames.
///
/// Each member is unpacked to its end before any of it is given, because one flipped bit may turn a
/// number into another long before the checksum at the end shows it. What a short member holds is
/// kept meanwhile; a long one is unpacked a second time.
class PackedSource final : public ByteSource {
 public:
  PackedSource(std::unique_ptr<RawSource> file, std::unique_ptr<Unpacker> unpacker);

  std::size_t read(char* into, std::size_t size) override;
  [[nodiscard]] const char* encoding() const override { return unpacker_->name(); }
  [[nodiscard]] std::string note() const override { return note_; }

 private:
  void next_member();
  void look_through();
  [[nodiscard]] std::size_t unpack_again(char* into, std::size_t size);
  void end_behind_members();
  void end_with(const std::string& what);

  std::string path_;
  PackedBytes packed_;
  std::unique_ptr<Unpacker> unpacker_;
  std::vector<char> kept_;        ///< what a short member holds
  std::size_t kept_given_ = 0;    ///< how much of it was given
  std::uint64_t again_ = 0;       ///< how much of a long member is still to be given
  std::uint64_t member_end_ = 0;  ///< of that member, in the packed file
  std::uint64_t given_ = 0;
  bool is_read_ = false;  ///< no member follows
  std::string fault_;     ///< thrown when all that is whole was given
  std::string note_;
};

}  // namespace fleetmeter::decode
